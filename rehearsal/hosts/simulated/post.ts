import type { Agent } from 'node:http';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';

/** Where a request goes, with what, and over whose connections. */
interface Destination {
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly agent: Agent;
  readonly signal: AbortSignal;
}

/**
 * Posts a body and reads the JSON that comes back. Not fetch: the connections are shared and counted.
 * @throws the connection's error, the signal's, or a SyntaxError for an answer that is no JSON
 */
export function post(destination: Destination, body: string): Promise<{ status: number; answer: unknown }> {
  return new Promise((resolve, reject) => {
    request({ ...destination, method: 'POST' }, (response) => {
      json(response).then((answer) => {
        resolve({ status: response.statusCode ?? 0, answer });
      }, reject);
    })
      .once('error', reject)
      .end(body);
  });
}
