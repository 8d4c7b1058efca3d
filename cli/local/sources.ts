import type { BundleSources } from '../../agent/bundle/download-bundle.ts';
import type { HostConfig } from '../../agent/config/agent-config.ts';
import { send } from '../../agent/http/send.ts';
import { systemTiming } from '../../agent/loop/timing.ts';
import type { Credentials } from '../../agent/metadata/instance-credentials.ts';

/**
 * Where a local deployment's revision comes from. For S3 it has the region and the credentials that any AWS client has
 * on this machine: environment, profile, single sign-on, instance.
 */
export async function localSources(
  config: HostConfig,
  revisionType: 'S3' | 'GitHub' | 'Local',
  { env, signal }: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<BundleSources> {
  const connection = {
    timeoutMs: config.httpReadTimeoutSeconds * 1000,
    ...(config.proxyUri ? { proxy: config.proxyUri } : {}),
    signal,
    pause: (ms: number) => systemTiming.pause(ms, signal),
  };
  const person = revisionType === 'S3' ? await personOnThisMachine(config.region) : NOBODY;
  const endpoint = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'];
  return {
    send,
    s3: {
      ...connection,
      ...person,
      domain: person.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com',
      ...((config.s3EndpointOverride ?? endpoint)
        ? { endpoint: config.s3EndpointOverride ?? new URL(endpoint ?? '') }
        : {}),
    },
    gitHub: { ...connection, endpoint: config.gitHubApiEndpoint },
  };
}

interface Person {
  readonly region: string;
  readonly credentials: { current(): Promise<Credentials> };
}

/** For revisions that need no credentials. */
const NOBODY: Person = {
  region: 'us-east-1',
  credentials: { current: () => Promise.reject(new Error('only S3 needs credentials')) },
};

async function personOnThisMachine(region: string | undefined): Promise<Person> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const { config } = new S3Client(region ? { region } : {});
  return {
    region: await config.region(),
    credentials: {
      current: async () => {
        const { accessKeyId, secretAccessKey, sessionToken } = await config.credentials();
        return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
      },
    },
  };
}
