import { CommandError, UsageError } from '../command.ts';

/** Does work with AWS clients; what they throw is told as a person can use it. @throws CommandError, UsageError */
export async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandError || error instanceof UsageError) throw error;
    const message = explanationOf(error);
    if (message === undefined) throw error;
    throw new CommandError(message, { cause: error });
  }
}

/** One line on what an AWS client ran into, with the remedy; undefined for what is no such error. */
export function explanationOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const remedy = REMEDIES.find(({ isMeant }) => isMeant(error))?.says(error);
  if (remedy !== undefined) return remedy;
  return '$metadata' in error ? `${plainName(error)}: ${error.message}` : undefined;
}

interface Remedy {
  readonly isMeant: (error: Error) => boolean;
  readonly says: (error: Error) => string;
}

const REMEDIES: readonly Remedy[] = [
  {
    isMeant: ({ name }) => name === 'CredentialsProviderError',
    says: () =>
      'there are no AWS credentials: sign in with the AWS CLI, or export AWS_PROFILE; for a rehearsal export AWS_ENDPOINT_URL.',
  },
  {
    isMeant: ({ message }) => message.startsWith('Region is missing'),
    says: () => 'there is no Region: give --region, or export AWS_REGION.',
  },
  {
    isMeant: ({ name }) => /^ExpiredToken/.test(name),
    says: () => 'your AWS credentials have expired: sign in again.',
  },
  {
    isMeant: (error) => /^AccessDenied/.test(error.name) || statusOf(error) === 403,
    says: ({ message }) =>
      `you may not do this (${message}): calls of the API need lambda:InvokeFunctionUrl and lambda:InvokeFunction on its function, uploads s3:PutObject, logs logs:FilterLogEvents.`,
  },
  {
    isMeant: ({ name }) => name === 'DeploymentLimitExceededException',
    says: ({ message }) => `${message} Watch that one with slipway status ID --follow, or end it with slipway stop ID.`,
  },
  {
    isMeant: ({ name }) => name === 'ApplicationDoesNotExistException',
    says: ({ message }) => `${message}. Those that exist: slipway list applications.`,
  },
  {
    isMeant: ({ name }) => name === 'DeploymentGroupDoesNotExistException',
    says: ({ message }) => `${message}. Those that exist: slipway list groups --application NAME.`,
  },
  {
    isMeant: ({ name }) => name === 'NoSuchBucket',
    says: () => 'there is no such bucket: create it, or name another with --bucket.',
  },
  {
    isMeant: (error) => CONNECTION_CODES.has(codeOf(error)),
    says: (error) =>
      `nothing answers (${codeOf(error)}${placeOf(error)}): is the address right, and is the rehearsal up?`,
  },
  {
    isMeant: ({ name }) => name === 'TimeoutError',
    says: ({ message }) => `no answer came in time (${message}): try again.`,
  },
];

const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
]);

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function placeOf(error: Error): string {
  const { address, hostname, port } = error as { address?: string; hostname?: string; port?: number };
  const host = address ?? hostname;
  return host === undefined ? '' : ` at ${host}${port === undefined ? '' : `:${port}`}`;
}

function statusOf(error: Error): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** `DeploymentDoesNotExist`: the suffix says nothing to a person. */
function plainName({ name }: Error): string {
  return name.replace(/Exception$/, '');
}
