import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';

type Json = Readonly<Record<string, unknown>>;

/** What the fake answers to an operation: members of the output, or an error. */
export type Answer = (input: Json, call: Call) => object | undefined | Promise<object>;

export interface Call {
  readonly operation: string;
  readonly input: Json;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The few services that the command line speaks to, each as a test tells it to be. */
export interface FakeAws {
  readonly url: string;
  /** In the order in which they came; uploads and other calls of S3 are in `objects` only. */
  readonly calls: readonly Call[];
  /** By `/bucket/key`. */
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Answers an operation from now on. */
  on(operation: string, answer: Answer): void;
  /** The inputs of an operation's calls. */
  inputs(operation: string): readonly Json[];
}

/** An answer that is an error of the service. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Serves a fake to the tests of a file, as a rehearsal would be: `AWS_ENDPOINT_URL` points there. */
export function fakeAws(): FakeAws {
  const answers = new Map<string, Answer>();
  const calls: Call[] = [];
  const objects = new Map<string, Buffer>();
  const fake = {
    url: '',
    calls,
    objects,
    on: (operation: string, answer: Answer) => answers.set(operation, answer),
    inputs: (operation: string) => calls.filter((call) => call.operation === operation).map(({ input }) => input),
  };
  const server = createServer((request, response) => {
    void serve(request, response, answers, calls, objects);
  });

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    answers.clear();
    calls.length = 0;
    objects.clear();
    for (const name of ['AWS_PROFILE', 'SLIPWAY_API_URL', 'SLIPWAY_BUCKET']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_ENDPOINT_URL', fake.url);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return fake;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answers: ReadonlyMap<string, Answer>,
  calls: Call[],
  objects: Map<string, Buffer>,
): Promise<void> {
  const body = await buffer(request);
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string') {
    serveObject(request, response, body, objects);
    return;
  }
  const operation = target.replace(/^.*\./, '');
  const text = body.toString();
  const call = { operation, input: JSON.parse(text || '{}') as Json, headers: request.headers, body: text };
  calls.push(call);
  try {
    const answer = answers.get(operation);
    if (!answer) throw new Refused('UnknownOperationException', `${operation} was not expected`);
    send(response, 200, (await answer(call.input, call)) ?? {});
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    response.setHeader('x-amzn-errortype', error.code);
    send(response, error.status, { __type: error.code, message: error.message });
  }
}

function send(response: ServerResponse, status: number, answer: object): void {
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.statusCode = status;
  response.end(JSON.stringify(answer));
}

/** As much of S3 as uploading takes: no buckets, and contents without their transfer coding. */
function serveObject(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  objects: Map<string, Buffer>,
): void {
  const path = url.split('?')[0] ?? '';
  if (method === 'PUT') objects.set(path, body);
  response.statusCode = objects.has(path) ? 200 : 404;
  if (objects.has(path)) response.setHeader('etag', '"5f70bf18a086007016e948b04aed3b82"');
  response.end();
}
