import { ApiError } from './errors/api-error.ts';
import { InternalFailure, SerializationError, UnknownOperation } from './errors/protocol-errors.ts';
import type { Ports } from './operation.ts';
import { operations } from './operations.ts';
import { OWN_TARGET_PREFIX, ownOperations } from './own-operations.ts';
import { toJson } from './wire/json.ts';
import { readShape } from './wire/shape.ts';

/*
 * One call of a client:
 *
 *   POST / HTTP/1.1
 *   Content-Type: application/x-amz-json-1.1
 *   X-Amz-Target: CodeDeploy_20141006.CreateApplication
 *
 *   {"applicationName":"web","computePlatform":"Server"}
 */
export interface ApiRequest {
  /** Value of `X-Amz-Target`. */
  readonly target: string | undefined;
  readonly body: string;
  readonly requestId: string;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Hears how calls end, for logs and metrics. */
export interface Listener {
  answered(operation: string): void;
  refused(operation: string, error: ApiError): void;
  /** @param error a bug, or an outage of what the API stands on */
  failed(operation: string, error: unknown): void;
}

const TARGET_PREFIX = 'CodeDeploy_20141006.';

/** Answers one call: faults of the caller by their name, bugs without their details. */
export async function answer(request: ApiRequest, ports: Ports, listener: Listener): Promise<ApiResponse> {
  const name = request.target ?? '';
  try {
    const output = await run(request, ports);
    listener.answered(name);
    return reply(200, output, request);
  } catch (thrown) {
    const error = thrown instanceof ApiError ? thrown : new InternalFailure();
    if (thrown instanceof ApiError) listener.refused(name, thrown);
    else listener.failed(name, thrown);
    // SDKs for JavaScript look into the header first, those for Python into the body.
    const headers = { 'x-amzn-errortype': error.code };
    return reply(error.status, { __type: error.code, message: error.message }, request, headers);
  }
}

async function run({ target = '', body }: ApiRequest, ports: Ports): Promise<object> {
  const operation = operationNamed(target);
  if (!operation) throw new UnknownOperation(target);
  // Read by the operation's own shape, which is typed over its input.
  return operation.run(readShape(operation.input, parse(body)) as never, ports);
}

function operationNamed(target: string) {
  return memberOf(operations, target, TARGET_PREFIX) ?? memberOf(ownOperations, target, OWN_TARGET_PREFIX);
}

function memberOf<Table extends object>(table: Table, target: string, prefix: string): Table[keyof Table] | undefined {
  const name = target.startsWith(prefix) ? target.slice(prefix.length) : '';
  return Object.hasOwn(table, name) ? table[name as keyof Table] : undefined;
}

function parse(body: string): unknown {
  if (body.trim() === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new SerializationError('The body is not JSON');
  }
}

function reply(
  status: number,
  body: object,
  { requestId }: ApiRequest,
  headers: Readonly<Record<string, string>> = {},
): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId, ...headers },
    body: toJson(body),
  };
}
