import { plainAccess } from '../../permissions/plain-access.ts';
import { AwsError, type AwsRequest, type AwsResponse, type Service } from '../service.ts';
import { toWireError, type AccessOf, type Operations } from './operations.ts';

export interface JsonServiceOptions {
  readonly signingNames: readonly string[];
  /** What stands before the operation in `X-Amz-Target`: `AWSStepFunctions`. */
  readonly targetPrefix: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Operations;
  readonly access?: AccessOf;
}

/** A service of the AWS JSON protocol. Dates in an output become epoch seconds, bytes base64. */
export function jsonService({ signingNames, targetPrefix, version, operations, access }: JsonServiceOptions): Service {
  const headers = { 'content-type': `application/x-amz-json-${version}` };

  const handle = async (request: AwsRequest): Promise<AwsResponse> => {
    const operation = operationIn(request.headers['x-amz-target'] ?? '', targetPrefix);
    try {
      const handler = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!handler) throw new AwsError('UnknownOperationException', `The operation ${operation} is not served here`);
      const output = await handler(parse(request.body), request);
      return { status: 200, headers, body: toJson(output ?? {}) };
    } catch (thrown) {
      const error = toWireError(thrown, `${request.service} ${operation}`);
      return {
        status: error.status,
        headers,
        body: toJson({ __type: error.code, message: error.message, ...error.members }),
        notes: { operation, error: error.code, ...(error.warning && { warning: error.warning }) },
      };
    }
  };
  return {
    signingNames,
    operations: Object.keys(operations),
    handle,
    access: (request) => {
      const operation = operationIn(request.headers['x-amz-target'] ?? '', targetPrefix);
      const input = readable(request.body);
      return access?.(operation, input) ?? plainAccess(request.service, operation, input);
    },
  };
}

/** JSON as AWS's JSON protocols write it: dates as epoch seconds, bytes as base64. */
export function toJson(output: unknown): string {
  return JSON.stringify(output, function (this: Record<string, unknown>, key, value: unknown) {
    // By the time a replacer runs, a date has already turned itself into text: look at the holder's own member.
    const own = this[key];
    if (own instanceof Date) return own.getTime() / 1000;
    if (own instanceof Uint8Array) return Buffer.from(own).toString('base64');
    return value;
  });
}

const operationIn = (target: string, prefix: string): string =>
  target.startsWith(`${prefix}.`) ? target.slice(prefix.length + 1) : target;

/** The input of a request, or an empty one where it cannot be read: its service says so. */
export function readable(body: Buffer): Record<string, unknown> {
  try {
    return parse(body);
  } catch {
    return {};
  }
}

function parse(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // answered below, like a body that is JSON but no object
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object');
}
