import type { JsonObject } from './json.ts';

/** A failure inside a running state machine: what Retry and Catch see, and what an uncaught one leaves on the execution. */
export class StatesError extends Error {
  override readonly name = 'StatesError';
  /** Error name (`States.Timeout`, `Lambda.TooManyRequestsException`, a function's own); a Fail state may have none. */
  readonly error: string | undefined;
  /** Free text; for a function's error the JSON of its payload. */
  override readonly cause: string | undefined;

  constructor(error?: string, cause?: string) {
    super([error, cause].filter((part) => part !== undefined).join(': '));
    this.error = error;
    this.cause = cause;
  }

  /** `$states.errorOutput`, and the output of a Catch that has no Output of its own. */
  get output(): JsonObject {
    return {
      ...(this.error !== undefined && { Error: this.error }),
      ...(this.cause !== undefined && { Cause: this.cause }),
    };
  }
}

export const TIMEOUT = 'States.Timeout';
export const HEARTBEAT_TIMEOUT = 'States.HeartbeatTimeout';
export const QUERY_EVALUATION_ERROR = 'States.QueryEvaluationError';
export const DATA_LIMIT_EXCEEDED = 'States.DataLimitExceeded';
export const RUNTIME = 'States.Runtime';
export const NO_CHOICE_MATCHED = 'States.NoChoiceMatched';
export const TASK_FAILED = 'States.TaskFailed';
export const EXCEEDED_TOLERATED_FAILURES = 'States.ExceedToleratedFailureThreshold';

const BEYOND_WILDCARDS: readonly (string | undefined)[] = [DATA_LIMIT_EXCEEDED, RUNTIME];
const TIMEOUTS: readonly (string | undefined)[] = [TIMEOUT, HEARTBEAT_TIMEOUT];

/**
 * Whether one of the names in an `ErrorEquals` means this error.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function errorEquals(names: readonly string[], { error }: StatesError): boolean {
  return names.some((name) => {
    if (name === error) return true;
    if (name === 'States.ALL') return !BEYOND_WILDCARDS.includes(error);
    if (name === TASK_FAILED) return !BEYOND_WILDCARDS.includes(error) && !TIMEOUTS.includes(error);
    return name === TIMEOUT && error === HEARTBEAT_TIMEOUT;
  });
}
