import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { CommandError } from '../command.ts';
import { explanationOf } from '../connection/explain.ts';
import type { Destination } from './forward.ts';
import { forward, passedBack } from './forward.ts';
import type { Refusal } from './refusal.ts';
import { refusalOf } from './refusal.ts';

export interface Proxy {
  readonly port: number;
  /** Takes no more requests, and resolves when those under way are answered. */
  stop(): Promise<void>;
}

/** The most that a function URL takes. */
const LARGEST_REQUEST_BYTES = 6 * 1024 * 1024;

/**
 * Listens on loopback for clients of CodeDeploy, which may have signed with any credentials, and passes their requests
 * on in the name of whoever runs it.
 * @param port 0 takes a free one
 * @param onRequest is told of each request: the operation, and what became of it
 * @throws CommandError when the port is taken
 */
export async function startProxy(
  destination: Destination,
  port: number,
  onRequest: (operation: string, status: number) => void,
): Promise<Proxy> {
  const server = createServer((request, response) => {
    const { port: listening } = server.address() as AddressInfo;
    // A client that goes away in the middle is nobody's error.
    answer(request, response, destination, listening).then(
      () => onRequest(operationOf(request), response.statusCode),
      () => response.destroy(),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new CommandError(`port ${port} is taken: choose another with --port`, { cause: error });
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  destination: Destination,
  port: number,
): Promise<void> {
  const refusal = refusalOf(request, port);
  const body = await readBody(request); // also of what is refused: the connection may serve another request
  if (refusal) {
    refuse(response, refusal);
    return;
  }
  if (body === undefined) {
    refuse(response, { status: 413, code: 'SerializationException', message: 'the request is larger than 6 MiB' });
    return;
  }
  const answered = await forward(request.headers, body, destination).catch(unreachable);
  if ('code' in answered) refuse(response, answered);
  else if (answered.status === 403) {
    answered.body.resume();
    refuse(response, NOT_ALLOWED);
  } else {
    response.writeHead(answered.status, passedBack(answered.headers));
    await pipeline(answered.body, response);
  }
}

/** A function URL's own refusal has no name that clients of CodeDeploy know. */
const NOT_ALLOWED: Refusal = {
  status: 403,
  code: 'AccessDeniedException',
  message:
    'the function URL refuses your credentials: they need lambda:InvokeFunctionUrl and lambda:InvokeFunction on the function of the engine’s API',
};

function unreachable(error: unknown): Refusal {
  const reason = explanationOf(error) ?? (error instanceof Error ? error.message : String(error));
  const isOfCredentials = error instanceof Error && /Credentials|Expired|Token/.test(error.name);
  return isOfCredentials
    ? { status: 400, code: 'UnrecognizedClientException', message: reason }
    : { status: 503, code: 'ServiceUnavailable', message: reason };
}

function refuse(response: ServerResponse, { status, code, message }: Refusal): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-errortype': code,
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify({ __type: code, message: `slipway proxy: ${message}` }));
}

/** A signature covers the whole body, which is why it is not streamed. @returns undefined for one that is too large */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes <= LARGEST_REQUEST_BYTES) pieces.push(piece);
  }
  return bytes <= LARGEST_REQUEST_BYTES ? Buffer.concat(pieces).toString() : undefined;
}

function operationOf({ headers }: IncomingMessage): string {
  return String(headers['x-amz-target'] ?? 'no operation').replace(/^.*\./, '');
}
