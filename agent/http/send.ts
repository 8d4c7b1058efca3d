import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { routeTo } from './proxy.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  /** Silence on the connection that counts as failure. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly proxy?: URL;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Fails with the connection: a body that ends early is an error, never a short file. */
  readonly body: IncomingMessage;
}

/** Sends a request as described. By `node:http`: it counts silence rather than duration, and can go through a proxy. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** Sends one request; once more when a kept-alive connection turns out to have been closed meanwhile. */
export const send: Send = async (request) => {
  const route = await routeTo(request.url, request.proxy);
  return new Promise((resolve, reject) => {
    const outgoing = (request.url.protocol === 'https:' ? httpsRequest : httpRequest)({
      ...route,
      method: request.method,
      headers: { host: request.url.host, ...request.headers },
      ...(request.signal ? { signal: request.signal } : {}),
    });
    outgoing.setTimeout(request.timeoutMs, () => {
      outgoing.destroy(new Error(`${request.url.host} sent nothing for ${request.timeoutMs / 1000} s`));
    });
    outgoing.once('response', (body) => {
      resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
    });
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') resolve(send(request));
      else reject(error);
    });
    outgoing.end(request.body);
  });
};

/** A whole body as text. @throws Error beyond `limitBytes` */
export async function readText(response: HttpResponse, limitBytes = 4 * 1024 * 1024): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw new Error(`an answer of more than ${limitBytes} bytes is not read`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
