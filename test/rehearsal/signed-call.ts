import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { TestGround } from './ground.ts';

/** A signed POST to a service that the tests have no SDK client for: a form, or JSON when there is a target. */
export async function signedCall(
  { endpoint, client }: TestGround,
  service: string,
  { body, target }: { body: string; target?: string },
): Promise<Response> {
  const { hostname, port, host } = new URL(endpoint.url());
  const signer = new SignatureV4({ service, region: client.region, credentials: client.credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    headers: {
      host,
      'content-type': target === undefined ? 'application/x-www-form-urlencoded' : 'application/x-amz-json-1.1',
      ...(target !== undefined && { 'x-amz-target': target }),
    },
    body,
  });
  return fetch(endpoint.url(), { method: 'POST', headers, body });
}
