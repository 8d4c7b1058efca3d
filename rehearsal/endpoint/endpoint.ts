import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import { signatureScope } from '../identity/signature.ts';
import type { Sessions } from '../identity/sessions.ts';
import type { Journal } from '../journal.ts';
import { errorCodeIn, operationOf } from './call-notes.ts';
import { toWireError } from './protocols/operations.ts';
import { unknownOperation } from './protocols/unknown-operation.ts';
import type { AwsRequest, AwsResponse, Caller, Service } from './service.ts';

export type RouteHandler = (request: AwsRequest) => Promise<AwsResponse>;

/** Leads every path that begins with `prefix` to `handler`, before any look at the signature. */
export type Route = (prefix: string, handler: RouteHandler) => void;

/** The one address that all AWS clients of a rehearsal talk to. */
export interface Endpoint {
  /** `http://127.0.0.1:4580`. @throws Error before the endpoint listens */
  url(): string;
  /** @throws Error naming the signing name that two services claim */
  serve(service: Service): void;
  readonly route: Route;
  /** @param port 0 takes a free one. @throws Error with the remedy when the port is taken */
  listen(port: number): Promise<void>;
  /** Ends every connection; requests under way are cut off. */
  close(): Promise<void>;
}

/** Longer than any client keeps an idle connection, so that it is the client who closes first and no request gets lost. */
const KEEP_ALIVE_MS = 10 * 60 * 1000;

/** Routes requests to services by the name in their signature's scope; `/_/…` paths by prefix. */
export function createEndpoint({
  clock,
  journal,
  sessions,
}: {
  clock: Clock;
  journal: Journal;
  sessions: Sessions;
}): Endpoint {
  const services = new Map<string, Service>();
  const routes = new Map<string, RouteHandler>();
  let baseUrl: string | undefined;
  let closed = false;

  const handlerFor = (request: AwsRequest, signed: boolean): RouteHandler => {
    for (const [prefix, handler] of routes) if (request.path.startsWith(prefix)) return handler;
    if (!signed) return unsigned;
    const service = services.get(request.service);
    return service ? (admitted) => service.handle(admitted) : (refused) => Promise.resolve(unknownOperation(refused));
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const [path = '/', search = ''] = split(incoming.url ?? '/');
    const headers = plainHeaders(incoming);
    const query = new URLSearchParams(search);
    const scope = signatureScope(headers['authorization'] ?? '', query);
    const request: AwsRequest = {
      service: scope?.service ?? '',
      method: incoming.method ?? 'GET',
      path,
      query,
      headers,
      body: await readBody(incoming),
      caller: scope ? sessions.callerOf(scope.accessKeyId) : ANONYMOUS,
      requestId: randomUUID(),
    };
    const handler = handlerFor(request, scope !== undefined);
    const response = await handler(request).catch((thrown: unknown) => internalFailure(thrown, request));

    if (closed) return; // its client is gone, and its failure is only our own going away
    const { notes = {} } = response;
    const error = notes.error ?? errorCodeIn(response);
    if (notes.warning) journal.record({ kind: 'warning', message: notes.warning });
    journal.record({
      kind: 'call',
      service: request.service,
      operation: notes.operation ?? operationOf(request),
      caller: request.caller.arn,
      ...(error !== undefined && { error }),
      ...(notes.readUnits !== undefined && { readUnits: notes.readUnits }),
      ...(notes.writeUnits !== undefined && { writeUnits: notes.writeUnits }),
      wallMs: performance.now() - startedAt,
    });
    await send(response, request, outgoing, clock);
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    // A client that goes away in the middle is nobody's error.
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });

  return {
    url() {
      if (baseUrl === undefined) throw new Error('The endpoint has no address before it listens');
      return baseUrl;
    },
    serve(service) {
      for (const name of service.signingNames) {
        if (services.has(name)) throw new Error(`Two parts of the cloud claim to serve '${name}'`);
        services.set(name, service);
      }
    },
    route: (prefix, handler) => {
      routes.set(prefix, handler);
    },
    async listen(port) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => {
          reject(error.code === 'EADDRINUSE' ? portTaken(port, error) : error);
        });
        server.listen(port, '127.0.0.1', resolve);
      });
      baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      closed = true;
      if (!server.listening) return;
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await ended;
    },
  };
}

const ANONYMOUS: Caller = { arn: 'anonymous', accountId: '', accessKeyId: '' };

const portTaken = (port: number, cause: Error): Error =>
  new Error(`Port ${port} is taken: stop what listens there, or choose another port (--port N)`, { cause });

const split = (url: string): [string, string] => {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
};

const plainHeaders = (incoming: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const unsigned: RouteHandler = () =>
  Promise.resolve({
    status: 403,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
    body: JSON.stringify({ message: 'Missing Authentication Token' }),
  });

/** For services that let something slip through their own translation. */
function internalFailure(thrown: unknown, request: AwsRequest): AwsResponse {
  const { code, message, warning } = toWireError(thrown, `${request.service} ${operationOf(request)}`);
  return {
    status: 500,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
    notes: { error: code, ...(warning !== undefined && { warning }) },
  };
}

async function send(response: AwsResponse, request: AwsRequest, outgoing: ServerResponse, clock: Clock): Promise<void> {
  const { status, body, headers } = response;
  outgoing.writeHead(status, {
    'x-amzn-requestid': request.requestId,
    date: new Date(clock.now()).toUTCString(), // clients measure their clock's error by it
    ...(body instanceof Readable ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  });
  if (body instanceof Readable) await pipeline(body, outgoing);
  else outgoing.end(body);
}
