import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../metadata/instance-credentials.ts';
import type { HttpRequest } from './send.ts';

/** Whose name a signature bears, and for which service. */
export interface SigningScope {
  readonly service: 'lambda' | 'logs' | 's3' | 'codedeploy';
  readonly region: string;
  readonly credentials: Credentials;
}

/** Signs a request with SigV4. @returns the request with its Authorization and companions */
export async function sign(request: HttpRequest, scope: SigningScope): Promise<HttpRequest> {
  const { url, method, body } = request;
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const signed = await new SignatureV4({ ...scope, sha256: Sha256, uriEscapePath: scope.service !== 's3' }).sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: queryOf(url),
    headers: { ...(Object.fromEntries(headers) as Record<string, string>), host: url.host },
    ...(body === undefined ? {} : { body }),
  });
  return { ...request, headers: signed.headers };
}

function queryOf(url: URL): Record<string, string | string[]> {
  const names = [...new Set(url.searchParams.keys())];
  return Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name)]));
}
