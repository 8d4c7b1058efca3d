import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** An answer other than success; named as S3 names its errors, where it does. */
class Refused extends Error {
  constructor(url: URL, status: number, body: string) {
    const [code, message] = ['Code', 'Message'].map((tag) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(body)?.[1]);
    super(message ?? `${url.href} answered ${status} ${body}`.trim());
    this.name = code ?? `Http${status}`;
  }
}

/**
 * Sends a request, and waits for the answer as long as it takes.
 * @returns the answer, its body still to be read
 * @throws Refused
 */
export async function send(
  url: URL,
  method: 'GET' | 'PUT',
  headers: Readonly<Record<string, string>>,
  body?: Buffer,
): Promise<IncomingMessage> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, headers }, resolve).on('error', reject).end(body);
  });
  const { statusCode = 0 } = answer;
  if (statusCode >= 300) throw new Refused(url, statusCode, await text(answer));
  return answer;
}
