import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { signatureScope } from '../identity/signature.ts';
import type { Sessions } from '../identity/sessions.ts';
import { bodyOf } from './body.ts';
import type { AwsRequest, AwsResponse, Caller } from './service.ts';

const ANONYMOUS: Caller = { arn: 'anonymous', accountId: '', accessKeyId: '' };

/** Reads a whole request, and whether it names who signed it; the signature itself is not verified here. */
export async function readRequest(
  incoming: IncomingMessage,
  sessions: Sessions,
): Promise<{ request: AwsRequest; signed: boolean }> {
  const [path, search] = splitAtQuery(incoming.url ?? '/');
  const query = new URLSearchParams(search);
  const headers = plainHeaders(incoming);
  const scope = signatureScope(headers['authorization'] ?? '', query);
  const request: AwsRequest = {
    service: scope?.service ?? '',
    method: incoming.method ?? 'GET',
    path,
    query,
    headers,
    body: await bodyOf(incoming),
    caller: scope ? sessions.callerOf(scope.accessKeyId) : ANONYMOUS,
    requestId: randomUUID(),
  };
  return { request, signed: scope !== undefined };
}

/** @param nowMs rehearsed time: clients measure their clock's error by the `Date` header */
export async function sendResponse(
  { status, body, headers }: AwsResponse,
  { requestId }: AwsRequest,
  outgoing: ServerResponse,
  nowMs: number,
): Promise<void> {
  outgoing.writeHead(status, {
    'x-amzn-requestid': requestId,
    date: new Date(nowMs).toUTCString(),
    ...(body instanceof Readable ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  });
  if (body instanceof Readable) await pipeline(body, outgoing);
  else outgoing.end(body);
}

function splitAtQuery(url: string): [path: string, search: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

const plainHeaders = (incoming: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
