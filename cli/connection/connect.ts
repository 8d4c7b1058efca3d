import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { API_URL_PARAMETER_NAME } from '../../core/names.ts';
import { CommandError, UsageError } from '../command.ts';
import { codeDeployClient } from './code-deploy-client.ts';
import { explained } from './explain.ts';
import type { ConnectionValues } from './options.ts';
import type { ClientSettings } from './surroundings.ts';
import { surroundings } from './surroundings.ts';

/** An engine within reach. */
export interface Connection {
  readonly codeDeploy: CodeDeployClient;
  /** For clients of other services: the same account and Region, or the same rehearsal. */
  readonly clients: ClientSettings & Patience;
  /** Whether an endpoint of the environment stands for AWS, as a rehearsal's does. */
  readonly isElsewhere: boolean;
}

interface Patience {
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
}

const PATIENCE: Patience = { requestHandler: { connectionTimeout: 5_000, requestTimeout: 40_000 } };

/**
 * Finds the engine and does work with it.
 * @throws CommandError in words that tell what to do, also for what the work was refused
 */
export async function withConnection<Result>(
  values: ConnectionValues,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  return explained(async () => work(await connect(values, process.env)));
}

async function connect(values: ConnectionValues, env: NodeJS.ProcessEnv): Promise<Connection> {
  const { apiUrl, endpoint, clients } = surroundings(values, env);
  const config = { ...clients, ...PATIENCE };
  const isElsewhere = endpoint !== undefined;
  if (apiUrl === undefined && isElsewhere) {
    return { codeDeploy: new CodeDeployClient({ ...config, endpoint }), clients: config, isElsewhere };
  }
  const url = requireUrl(apiUrl ?? (await publishedApiUrl(config)));
  return { codeDeploy: codeDeployClient({ apiUrl: url.href, ...config }), clients: config, isElsewhere };
}

/** The function URL itself: what a proxy passes requests on to. @throws UsageError, CommandError */
export async function findApiUrl(values: ConnectionValues, env: NodeJS.ProcessEnv): Promise<URL> {
  const { apiUrl, clients } = surroundings(values, env);
  return requireUrl(apiUrl ?? (await publishedApiUrl({ ...clients, ...PATIENCE })));
}

/** Where the engine's own operations are asked for, and for which service such requests are signed. */
export async function findEngine(
  values: ConnectionValues,
  env: NodeJS.ProcessEnv,
): Promise<{ url: URL; service: 'lambda' | 'codedeploy' }> {
  const { apiUrl, endpoint } = surroundings(values, env);
  if (apiUrl === undefined && endpoint !== undefined) return { url: requireUrl(endpoint), service: 'codedeploy' };
  return { url: await findApiUrl(values, env), service: 'lambda' };
}

async function publishedApiUrl(config: ClientSettings & Patience): Promise<string> {
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const ssm = new SSMClient(config);
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: API_URL_PARAMETER_NAME }));
    return Parameter?.Value ?? '';
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'ParameterNotFound') throw new CommandError(noEngine(await ssm.config.region()), { cause: error });
    if (name.startsWith('AccessDenied')) throw new CommandError(UNREADABLE_PARAMETER, { cause: error });
    throw error;
  } finally {
    ssm.destroy();
  }
}

function noEngine(region: string): string {
  return `there is no Slipway engine in ${region}: it has no parameter ${API_URL_PARAMETER_NAME}. Deploy one with npx cdk deploy SlipwayEngine, choose another Region, or give --api-url.`;
}

const UNREADABLE_PARAMETER = `you may not read the parameter ${API_URL_PARAMETER_NAME}: allow ssm:GetParameter on it, or give --api-url.`;

function requireUrl(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new UsageError(`${text} is no address of an API: give --api-url https://…`);
}
