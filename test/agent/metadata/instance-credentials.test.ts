import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { HttpRequest, HttpResponse, Send } from '../../../agent/http/send.ts';
import { readHostIdentity } from '../../../agent/metadata/host-identity.ts';
import { InstanceCredentials } from '../../../agent/metadata/instance-credentials.ts';
import { InstanceMetadata } from '../../../agent/metadata/instance-metadata.ts';

const HOUR_MS = 3_600_000;

/** Metadata with these values, and the requests it saw. */
function metadataOf(values: Record<string, string>, validTokens: Set<string> = new Set(['token-1', 'token-2'])) {
  const seen: string[] = [];
  let tokens = 0;
  const send: Send = ({ method, url, headers }: HttpRequest) => {
    const path = url.pathname.replace('/latest/', '');
    seen.push(`${method} ${path}`);
    if (method === 'PUT') return answer(200, `token-${(tokens += 1)}`);
    if (!validTokens.has(String(headers?.['x-aws-ec2-metadata-token']))) return answer(401, '');
    const value = values[path];
    return value === undefined ? answer(404, '') : answer(200, value);
  };
  return { metadata: new InstanceMetadata(send, 'http://169.254.169.254'), seen };
}

function answer(status: number, text: string): Promise<HttpResponse> {
  return Promise.resolve({
    status,
    headers: {},
    body: Readable.from([Buffer.from(text)]) as unknown as HttpResponse['body'],
  });
}

const role = (expiresAtMs: number): Record<string, string> => ({
  'meta-data/iam/security-credentials/': 'web-role\n',
  'meta-data/iam/security-credentials/web-role': JSON.stringify({
    AccessKeyId: 'ASIA1',
    SecretAccessKey: 'secret',
    Token: 'token',
    Expiration: new Date(expiresAtMs).toISOString(),
  }),
});

it('keeps the role’s credentials until five minutes before they expire', async () => {
  let nowMs = 0;
  const { metadata, seen } = metadataOf(role(HOUR_MS));
  const credentials = new InstanceCredentials(metadata, () => nowMs);

  await credentials.current();
  nowMs = HOUR_MS - 301_000;
  await credentials.current();
  const readsBefore = seen.length;
  nowMs = HOUR_MS - 299_000;
  await credentials.current();

  expect(readsBefore).toBe(3);
  expect(seen).toHaveLength(5);
});

it('reads new credentials after a service has refused them', async () => {
  const { metadata, seen } = metadataOf(role(HOUR_MS));
  const credentials = new InstanceCredentials(metadata, () => 0);

  await credentials.current();
  credentials.expire();

  expect(await credentials.current()).toEqual({
    accessKeyId: 'ASIA1',
    secretAccessKey: 'secret',
    sessionToken: 'token',
  });
  expect(seen).toHaveLength(5);
});

it('names the missing instance profile', async () => {
  const credentials = new InstanceCredentials(metadataOf({}).metadata, () => 0);

  await expect(credentials.current()).rejects.toThrow(
    /^Missing credentials - please check if this instance was started/,
  );
});

it('asks for another token when the first is refused', async () => {
  const { metadata, seen } = metadataOf({ 'meta-data/instance-id': 'i-0abc' }, new Set(['token-2']));

  expect(await metadata.get('meta-data/instance-id')).toBe('i-0abc');
  expect(seen).toEqual(['PUT api/token', 'GET meta-data/instance-id', 'PUT api/token', 'GET meta-data/instance-id']);
});

it('says what to look at when metadata stays silent, as it does one hop too far away', async () => {
  const metadata = new InstanceMetadata(() => Promise.reject(new Error('sent nothing for 10 s')), 'http://metadata');

  await expect(metadata.get('meta-data/instance-id')).rejects.toThrow(/HttpPutResponseHopLimit to 2/);
});

it('never asks without a token, as version 1 would', async () => {
  const { metadata, seen } = metadataOf({ 'meta-data/instance-id': 'i-0abc' }, new Set());

  await expect(metadata.get('meta-data/instance-id')).rejects.toThrow('instance metadata answers 401');
  expect(seen).toEqual(['PUT api/token', 'GET meta-data/instance-id', 'PUT api/token', 'GET meta-data/instance-id']);
});

it('knows its host by partition, Region, account and instance', async () => {
  const document = { region: 'cn-north-1', accountId: '111122223333', instanceId: 'i-0abc' };
  const { metadata } = metadataOf({
    'dynamic/instance-identity/document': JSON.stringify(document),
    'meta-data/services/partition': 'aws-cn',
    'meta-data/services/domain': 'amazonaws.com.cn',
  });

  expect(await readHostIdentity(metadata)).toEqual({
    instanceId: 'i-0abc',
    region: 'cn-north-1',
    domain: 'amazonaws.com.cn',
    hostIdentifier: 'arn:aws-cn:ec2:cn-north-1:111122223333:instance/i-0abc',
  });
});
