import { ApiError } from './api-error.ts';

/** A token that this operation did not give, or gave for other arguments. */
export class InvalidNextToken extends ApiError {
  readonly code = 'InvalidNextTokenException';

  constructor() {
    super('The next token is not valid: take it from the last answer of the same operation with the same arguments');
  }
}

export class BatchLimitExceeded extends ApiError {
  readonly code = 'BatchLimitExceededException';

  constructor(given: number, limit: number) {
    super(`The request names ${given}; it may name ${limit} at most`);
  }
}
