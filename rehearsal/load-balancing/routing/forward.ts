import { Agent, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { respondWithError } from './error-response.ts';

/** Headers that concern one connection alone (RFC 9110, 7.6.1). */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Connections to targets, kept alive between requests. */
export const createTargetAgent = (): Agent => new Agent({ keepAlive: true });

/** Where a request goes, and how long its target may stay silent, in wall milliseconds. */
export interface ForwardedTarget {
  readonly address: string;
  readonly port: number;
  readonly idleTimeoutMs: number;
}

/**
 * Passes a request to a target and its answer back, both as streams.
 * A target that refuses or breaks off gives 502, one that stays silent 504.
 */
export function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: ForwardedTarget,
  agent: Agent,
): void {
  const upstream = request({
    host: target.address,
    port: target.port,
    method: incoming.method,
    path: incoming.url,
    headers: forwardedHeaders(incoming),
    agent,
    timeout: target.idleTimeoutMs,
  });
  upstream.on('timeout', () => {
    respondWithError(outgoing, 504);
    upstream.destroy();
  });
  upstream.on('error', (error: NodeJS.ErrnoException) => {
    // A kept connection may close just as it is used again; without a body the request can safely be repeated.
    const mayRepeat =
      upstream.reusedSocket && error.code === 'ECONNRESET' && !hasBody(incoming) && !outgoing.headersSent;
    if (mayRepeat) forward(incoming, outgoing, target, agent);
    else respondWithError(outgoing, 502);
  });
  upstream.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
    pipeline(answer, outgoing, () => undefined);
  });
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) upstream.destroy();
  });
  if (hasBody(incoming)) pipeline(incoming, upstream, () => undefined);
  else upstream.end();
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

function withoutHopByHop(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
}

function forwardedHeaders({ headers, socket }: IncomingMessage): IncomingMessage['headers'] {
  const earlier = headers['x-forwarded-for'];
  const client = socket.remoteAddress ?? '';
  return {
    ...withoutHopByHop(headers),
    'x-forwarded-for': earlier === undefined ? client : `${String(earlier)}, ${client}`,
    'x-forwarded-proto': 'http',
    'x-forwarded-port': String(socket.localPort),
  };
}
