import type { Ground } from '../part.ts';

/** Settings for an SDK client that acts as a role inside the rehearsal. */
export interface RoleClientSettings {
  /** Asked at the first call: parts are made before the endpoint has an address. */
  readonly endpoint: () => Promise<{ protocol: string; hostname: string; port: number; path: string }>;
  readonly region: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
}

export function clientAs(roleArn: string, sessionName: string, ground: Ground): RoleClientSettings {
  const { accessKeyId, secretAccessKey, sessionToken } = ground.credentials.assumeRole(roleArn, sessionName);
  return {
    region: ground.region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    endpoint: () => {
      const { protocol, hostname, port } = new URL(ground.endpoint());
      return Promise.resolve({ protocol, hostname, port: Number(port), path: '/' });
    },
  };
}
