import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AwsRequest } from '../endpoint/service.ts';
import type { Sessions } from './sessions.ts';

/** Parts of `AWS4-HMAC-SHA256 Credential=AKIA…/20260731/us-east-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=0f…`. */
export interface SignatureScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Reads the Authorization header, or a presigned URL's `X-Amz-Credential`; undefined when the request is unsigned. */
export function signatureScope(authorization: string, query: URLSearchParams): SignatureScope | undefined {
  const field = (name: string): string =>
    new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? query.get(`X-Amz-${name}`) ?? '';
  const credential = field('Credential').split('/');
  // From the right: `key/date/region/service/aws4_request`; an access key might itself contain a slash.
  const [service, region] = [credential.at(-2), credential.at(-3)];
  if (!service || !region || credential.length < 5) return undefined;
  return {
    accessKeyId: credential.slice(0, -4).join('/'),
    region,
    service,
    signedHeaders: field('SignedHeaders').split(';'),
    signature: field('Signature'),
  };
}

/**
 * Whether a request was signed, in its Authorization header, with credentials issued here, body included.
 * The age of the signature is not judged: callers may live by the wall's clock or by the rehearsed one.
 */
export async function verifySignature(request: AwsRequest, sessions: Sessions): Promise<boolean> {
  const scope = signatureScope(request.headers['authorization'] ?? '', new URLSearchParams());
  const credentials = scope && sessions.credentialsOf(scope.accessKeyId);
  if (!credentials || !bodyMatchesItsHash(request)) return false;

  const { signedHeaders, region, service } = scope;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  if ((request.headers['x-amz-security-token'] ?? '') !== sessionToken) return false;
  const signer = new SignatureV4({
    // The signer adds the token as a signed header; leave that to requests whose signer did.
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(signedHeaders.includes('x-amz-security-token') && { sessionToken }),
    },
    region,
    service,
    sha256: Sha256,
    applyChecksum: signedHeaders.includes('x-amz-content-sha256'),
  });
  const expected = await signer.sign(asSigned(request, signedHeaders), {
    signingDate: dateOf(request.headers['x-amz-date'] ?? ''),
    signableHeaders: new Set(signedHeaders),
  });
  return sameText(
    signatureScope(expected.headers['authorization'] ?? '', new URLSearchParams())?.signature ?? '',
    scope.signature,
  );
}

/** The request with only those headers that its signature covers. */
function asSigned({ method, path, query, headers, body }: AwsRequest, signedHeaders: readonly string[]) {
  return {
    method,
    protocol: 'http:',
    hostname: headers['host'] ?? '',
    path,
    query: Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)])),
    headers: Object.fromEntries(signedHeaders.map((name) => [name, headers[name] ?? ''])),
    body,
  };
}

/** A signature covers the hash that a header states: that hash has to be the body's. */
function bodyMatchesItsHash({ headers, body }: AwsRequest): boolean {
  const stated = headers['x-amz-content-sha256'];
  return (
    stated === undefined || stated === 'UNSIGNED-PAYLOAD' || stated === createHash('sha256').update(body).digest('hex')
  );
}

/** `20260731T120000Z` */
const dateOf = (stamp: string): Date =>
  new Date(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const sameText = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
