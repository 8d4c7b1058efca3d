import { ApiError } from './api-error.ts';

/** The request names no operation, or one that is not served. */
export class UnknownOperation extends ApiError {
  readonly code = 'UnknownOperationException';

  constructor(target: string) {
    super(target ? `There is no operation ${target}` : 'The request names no operation in X-Amz-Target');
  }
}

/** The body is not JSON, no object, or a member has the wrong JSON type. */
export class SerializationError extends ApiError {
  readonly code = 'SerializationException';
}

/** A fault of ours; the details are in the function's log. */
export class InternalFailure extends ApiError {
  readonly code = 'InternalFailure';
  override readonly status = 500;

  constructor() {
    super('The request could not be processed because of an internal failure; the same call may succeed later');
  }
}
