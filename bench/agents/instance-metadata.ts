const INSTANCE_ID = 'i-0123456789abcdef0';

/** The host that both agents run on. */
export const HOST_IDENTIFIER = `arn:aws:ec2:us-east-1:123456789012:instance/${INSTANCE_ID}`;

const VALUES: Readonly<Record<string, string>> = {
  'dynamic/instance-identity/document': JSON.stringify({
    region: 'us-east-1',
    accountId: '123456789012',
    instanceId: INSTANCE_ID,
  }),
  'meta-data/services/partition': 'aws',
  'meta-data/services/domain': 'amazonaws.com',
  'meta-data/instance-id': INSTANCE_ID,
  'meta-data/iam/security-credentials/': 'benchmark',
  'meta-data/iam/security-credentials/benchmark': JSON.stringify({
    AccessKeyId: 'ASIABENCHMARK',
    SecretAccessKey: 'benchmark',
    Token: 'benchmark',
    Expiration: '2099-01-01T00:00:00Z',
  }),
};

/** What instance metadata answers; undefined for what it does not know. */
export function instanceMetadata(path: string, method: string | undefined): string | undefined {
  if (path === '/latest/api/token') return method === 'PUT' ? 'token' : undefined;
  return VALUES[path.slice('/latest/'.length)];
}
