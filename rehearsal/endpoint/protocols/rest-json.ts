import type { AwsResponse } from '../service.ts';
import { toJson } from './json.ts';
import { toWireError } from './operations.ts';

/** Whatever was thrown, as the REST-JSON protocol (Lambda, …) answers it. */
export function restJsonError(thrown: unknown, operation: string): AwsResponse {
  const error = toWireError(thrown, operation);
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    // Lambda's own errors spell the member `Message` or `message`; clients read either.
    body: toJson({ Type: error.status < 500 ? 'User' : 'Service', message: error.message, ...error.members }),
    notes: { operation, error: error.code, ...(error.warning && { warning: error.warning }) },
  };
}
