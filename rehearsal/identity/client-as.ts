import type { ServicePrincipal } from '../endpoint/service.ts';
import type { Credentials, Ground } from '../part.ts';

/** Settings for an SDK client inside the rehearsal. */
export interface ClientSettings {
  /** Asked at the first call: parts are made before the endpoint has an address. */
  readonly endpoint: () => Promise<{ protocol: string; hostname: string; port: number; path: string }>;
  readonly region: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
}

/** For a client that acts as a role. */
export const clientAs = (roleArn: string, sessionName: string, ground: Ground): ClientSettings =>
  clientWith(ground.credentials.assumeRole(roleArn, sessionName), ground);

/** For a client that is a service of AWS's own. */
export const clientOf = (service: ServicePrincipal, ground: Ground): ClientSettings =>
  clientWith(ground.credentials.actAs(service), ground);

function clientWith({ accessKeyId, secretAccessKey, sessionToken }: Credentials, ground: Ground): ClientSettings {
  return {
    region: ground.region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    endpoint: () => {
      const { protocol, hostname, port } = new URL(ground.endpoint());
      return Promise.resolve({ protocol, hostname, port: Number(port), path: '/' });
    },
  };
}
