import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Sessions } from '../identity/sessions.ts';
import type { Journal } from '../journal.ts';
import type { Access } from '../permissions/access.ts';
import type { Permissions } from '../permissions/permissions.ts';
import { plainAccess } from '../permissions/plain-access.ts';
import type { Throttles } from '../throttles/throttles.ts';
import { errorCodeIn, operationOf } from './call-notes.ts';
import { readRequest, sendResponse } from './http-messages.ts';
import { accessDenied } from './protocols/access-denied.ts';
import { toWireError } from './protocols/operations.ts';
import { unknownOperation } from './protocols/unknown-operation.ts';
import type { AwsRequest, AwsResponse, Service } from './service.ts';

export type RouteHandler = (request: AwsRequest) => Promise<AwsResponse>;

/** Leads every path that begins with `prefix` to `handler`, before any look at the signature. */
export type Route = (prefix: string, handler: RouteHandler) => void;

/**
 * Leads whoever signs for `signingName` to `handler`, as long as no service of AWS's own has that name.
 * @returns takes it back
 * @throws Error when the name is taken
 */
export type Claim = (signingName: string, handler: RouteHandler) => () => void;

/** The one address that all AWS clients of a rehearsal talk to. */
export interface Endpoint {
  /** `http://127.0.0.1:4580`. @throws Error before the endpoint listens */
  url(): string;
  /** @throws Error naming the signing name that two services claim */
  serve(service: Service): void;
  readonly route: Route;
  readonly claim: Claim;
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
  permissions,
  throttles,
}: {
  clock: Clock;
  journal: Journal;
  sessions: Sessions;
  permissions: Pick<Permissions, 'refusal'>;
  throttles: Pick<Throttles, 'refusal'>;
}): Endpoint {
  const services = new Map<string, Service>();
  const routes = new Map<string, RouteHandler>();
  const claims = new Map<string, RouteHandler>();
  let baseUrl: string | undefined;
  let closed = false;

  const guarded = async (service: Service, request: AwsRequest): Promise<AwsResponse> => {
    const refusal = await permissions.refusal(request.caller, accessFor(service, request), request.headers);
    if (refusal) return accessDenied(request, refusal);
    return throttles.refusal(request) ?? service.handle(request);
  };

  const respond = async (request: AwsRequest, signed: boolean): Promise<AwsResponse> => {
    for (const [prefix, handler] of routes) if (request.path.startsWith(prefix)) return handler(request);
    if (!signed) return UNSIGNED;
    const service = services.get(request.service);
    if (service) return guarded(service, request);
    return claims.get(request.service)?.(request) ?? unknownOperation(request);
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const { request, signed } = await readRequest(incoming, sessions);
    const response = await respond(request, signed).catch((thrown: unknown) => internalFailure(thrown, request));

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
    await sendResponse(response, request, outgoing, clock.now());
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
    claim(signingName, handler) {
      if (services.has(signingName) || claims.has(signingName)) {
        throw new Error(`'${signingName}' is served already: two resources may not claim the same signing name`);
      }
      claims.set(signingName, handler);
      return () => claims.delete(signingName);
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

const accessFor = (service: Service, request: AwsRequest): readonly Access[] =>
  service.access?.(request) ?? plainAccess(request.service, operationOf(request), {});

const portTaken = (port: number, cause: Error): Error =>
  new Error(`Port ${port} is taken: stop what listens there, or choose another port (--port N)`, { cause });

const UNSIGNED: AwsResponse = {
  status: 403,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
  body: JSON.stringify({ message: 'Missing Authentication Token' }),
};

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
