import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../agent/metadata/instance-credentials.ts';
import type { Call } from './fake-aws.ts';

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), /;

/** Whether a call to `/` bears the signature that these credentials give it for a service: AWS verifies it so. */
export async function isSignedBy(credentials: Credentials, service: string, { headers, body }: Call): Promise<boolean> {
  const [, accessKeyId, region = '', signedFor, names = ''] = AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  if (accessKeyId !== credentials.accessKeyId || signedFor !== service) return false;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const signed = Object.fromEntries(names.split(';').map((name) => [name, String(headers[name])]));
  const request = { method: 'POST', protocol: 'http:', hostname: '', path: '/', headers: signed, body };
  const again = await signer.sign(request, { signingDate: dateOf(String(headers['x-amz-date'])) });
  return again.headers['authorization'] === headers.authorization;
}

/** `20260504T120000Z` */
function dateOf(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, '$1-$2-$3:$4:'));
}
