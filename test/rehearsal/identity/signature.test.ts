import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import type { AwsRequest } from '../../../rehearsal/endpoint/service.ts';
import { createSessions } from '../../../rehearsal/identity/sessions.ts';
import { signatureScope, verifySignature } from '../../../rehearsal/identity/signature.ts';
import type { Credentials } from '../../../rehearsal/part.ts';

const sessions = createSessions({ accountId: '123456789012', now: () => 0 });
const credentials = sessions.assumeRole('arn:aws:iam::123456789012:role/host', 'i-1');

describe('a signature', () => {
  it('is accepted from credentials that were issued here', async () => {
    const request = await signedRequest(credentials);

    expect(await verifySignature(request, sessions)).toBe(true);
  });

  it.each<[string, (request: AwsRequest) => Partial<AwsRequest>]>([
    ['another body', () => ({ body: Buffer.from('{"b":2}') })],
    ['another path', () => ({ path: '/elsewhere' })],
    ['another query', () => ({ query: new URLSearchParams('x=2') })],
    ['another target', ({ headers }) => ({ headers: { ...headers, 'x-amz-target': 'B' } })],
    ['no session token', ({ headers }) => ({ headers: { ...headers, 'x-amz-security-token': '' } })],
    ['no signature', ({ headers }) => ({ headers: { ...headers, authorization: '' } })],
  ])('does not stretch to %s', async (_change, change) => {
    const request = await signedRequest(credentials);

    expect(await verifySignature({ ...request, ...change(request) }, sessions)).toBe(false);
  });

  it('of a stranger cannot be verified', async () => {
    const stranger = { ...credentials, accessKeyId: 'AKIASTRANGER' };

    expect(await verifySignature(await signedRequest(stranger), sessions)).toBe(false);
  });

  it('tells its scope in a header or in a presigned URL', () => {
    const url = new URLSearchParams({ 'X-Amz-Credential': 'AKIA/20260101/eu-west-1/s3/aws4_request' });

    expect(signatureScope('', url)).toMatchObject({ accessKeyId: 'AKIA', region: 'eu-west-1', service: 's3' });
    expect(signatureScope('', new URLSearchParams())).toBeUndefined();
  });
});

describe('sessions', () => {
  it('name the caller by role and session', () => {
    expect(sessions.callerOf(credentials.accessKeyId)).toMatchObject({
      arn: 'arn:aws:sts::123456789012:assumed-role/host/i-1',
      roleArn: 'arn:aws:iam::123456789012:role/host',
      sessionName: 'i-1',
    });
  });

  it('take any other key for the account’s own user', () => {
    expect(sessions.callerOf('anything').arn).toBe('arn:aws:iam::123456789012:user/rehearsal');
  });
});

async function signedRequest({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Promise<AwsRequest> {
  const body = '{"a":1}';
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    region: 'us-east-1',
    service: 'lambda',
    sha256: Sha256,
  });
  const unsigned = {
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: '/_/url/abc/',
    query: { x: '1' },
    headers: { host: '127.0.0.1:4580', 'x-amz-target': 'A', 'user-agent': 'test' },
    body,
  };
  const { headers } = await signer.sign(unsigned);
  return {
    service: 'lambda',
    method: 'POST',
    path: unsigned.path,
    query: new URLSearchParams(unsigned.query),
    headers,
    body: Buffer.from(body),
    caller: sessions.callerOf(accessKeyId),
    requestId: 'r',
  };
}
