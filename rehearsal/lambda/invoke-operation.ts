import { AwsError, type AwsRequest, type AwsResponse } from '../endpoint/service.ts';
import type { LambdaState } from './lambda-api.ts';

const SYNCHRONOUS_LIMIT_BYTES = 6 * 2 ** 20;
const ASYNCHRONOUS_LIMIT_BYTES = 2 ** 20;
const LOG_TAIL_BYTES = 4096;

/**
 * Lambda's `Invoke`: synchronous, as an event, or as a dry run.
 * @throws AwsError ResourceNotFoundException, InvalidRequestContentException, RequestTooLargeException, TooManyRequestsException
 */
export async function invoke(
  { functions, asynchronous }: LambdaState,
  functionReference: string,
  request: AwsRequest,
): Promise<AwsResponse> {
  const lambda = functions.find(functionReference);
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const event = eventIn(request.body, type === 'Event' ? ASYNCHRONOUS_LIMIT_BYTES : SYNCHRONOUS_LIMIT_BYTES);
  const clientContext = clientContextIn(request);
  if (type === 'DryRun') return { status: 204, body: '', notes: { operation: 'Invoke' } };
  if (type === 'Event') {
    const requestId = asynchronous.accept(lambda, event, clientContext);
    return { status: 202, headers: { 'x-amzn-requestid': requestId }, body: '', notes: { operation: 'Invoke' } };
  }

  const result = await lambda.invoke(event, { requestId: request.requestId, clientContext });
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(result.functionError && { 'x-amz-function-error': result.functionError }),
      ...(request.headers['x-amz-log-type'] === 'Tail' && { 'x-amz-log-result': tail(result.log) }),
    },
    body: result.payload,
    notes: { operation: 'Invoke' },
  };
}

/** The event as JSON text; no body is an empty object. */
function eventIn(body: Buffer, limitBytes: number): string {
  if (body.length > limitBytes) {
    const message = `Request must be smaller than ${limitBytes} bytes for the InvokeFunction operation`;
    throw new AwsError('RequestTooLargeException', message, { status: 413 });
  }
  const text = body.length > 0 ? body.toString('utf8') : '{}';
  try {
    JSON.parse(text);
  } catch (error) {
    const message = `Could not parse request body into json: ${String(error)}`;
    throw new AwsError('InvalidRequestContentException', message);
  }
  return text;
}

function clientContextIn({ headers }: AwsRequest): unknown {
  const encoded = headers['x-amz-client-context'];
  if (!encoded) return undefined;
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as unknown;
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Client context must be a valid Base64-encoded JSON object.');
  }
}

const tail = (lines: readonly string[]): string =>
  Buffer.from(lines.map((line) => `${line}\n`).join(''))
    .subarray(-LOG_TAIL_BYTES)
    .toString('base64');
