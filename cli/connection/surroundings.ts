import type { ConnectionValues } from './options.ts';

/** What every AWS client of a command is made with; what is absent, AWS's SDK finds by itself. */
export interface ClientSettings {
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Where a command runs, as far as its environment tells. */
export interface Surroundings {
  /** Undefined: to be looked up, or the endpoint of the environment serves. */
  readonly apiUrl?: string;
  /** Clients of AWS's SDK heed it by themselves. */
  readonly endpoint?: string;
  readonly clients: ClientSettings;
}

/** A rehearsal knows nobody's keys, so that any will do and its address is all one needs. */
const REHEARSAL = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
};

/** Reads options and environment; options win. */
export function surroundings(values: ConnectionValues, env: NodeJS.ProcessEnv): Surroundings {
  const apiUrl = values['api-url'] ?? env['SLIPWAY_API_URL'];
  const endpoint = env['AWS_ENDPOINT_URL_CODEDEPLOY'] ?? env['AWS_ENDPOINT_URL'];
  const isRehearsal = endpoint !== undefined && isLoopback(endpoint);
  // Other AWS clients know the second name as well, the SDK's do not.
  const region =
    values.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? (isRehearsal ? REHEARSAL.region : undefined);
  return {
    ...(apiUrl !== undefined && { apiUrl }),
    ...(endpoint !== undefined && { endpoint }),
    clients: {
      ...(region !== undefined && { region }),
      ...(isRehearsal && !namesCredentials(env) && { credentials: REHEARSAL.credentials }),
    },
  };
}

function namesCredentials(env: NodeJS.ProcessEnv): boolean {
  return env['AWS_ACCESS_KEY_ID'] !== undefined || env['AWS_PROFILE'] !== undefined;
}

function isLoopback(endpoint: string): boolean {
  const { hostname } = URL.parse(endpoint) ?? {};
  return hostname === 'localhost' || hostname === '[::1]' || hostname?.startsWith('127.') === true;
}
