import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { HttpRequest, Send } from '../../agent/http/send.ts';
import type { HttpResponse } from '../../agent/http/send.ts';
import { sign } from '../../agent/http/sign.ts';
import type { Credentials } from '../../agent/metadata/instance-credentials.ts';

/** Where requests go, and in whose name. */
export interface Destination {
  readonly url: URL;
  readonly region: string;
  /** Asked for each request: they may be renewed meanwhile. */
  credentials(): Promise<Credentials>;
  readonly send: Send;
}

/** Longer than a call of the API may take, in milliseconds. */
const TIMEOUT_MS = 60_000;

/** What of a request's headers is passed on; its signature and all that belongs to it stay behind. */
const PASSED_ON = ['content-type', 'x-amz-target', 'x-amz-user-agent', 'user-agent', 'amz-sdk-invocation-id'];

/** What concerns one connection only, and its other side must not hear. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Sends a request on, signed anew. @throws what the credentials or the connection throw */
export async function forward(
  headers: IncomingHttpHeaders,
  body: string,
  { url, region, credentials, send }: Destination,
): Promise<HttpResponse> {
  const kept = PASSED_ON.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  const request: HttpRequest = { method: 'POST', url, headers: Object.fromEntries(kept), body, timeoutMs: TIMEOUT_MS };
  return send(await sign(request, { service: 'lambda', region, credentials: await credentials() }));
}

/** The headers of an answer without those of its connection. */
export function passedBack(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name)));
}
