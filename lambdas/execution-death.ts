import type { ExecutionError } from '../core/settlement.ts';

/** The part of EventBridge's "Step Functions Execution Status Change" that tells of an execution's end. */
export interface ExecutionDeath {
  readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly input?: string | null;
  readonly error?: string | null;
  readonly cause?: string | null;
}

/** What ended the execution. Only one that failed says so itself. */
export function describeDeath({ status, error, cause }: ExecutionDeath): ExecutionError {
  if (status === 'ABORTED') return { Error: 'ExecutionAborted' };
  if (status === 'TIMED_OUT') return { Error: 'ExecutionTimedOut' };
  return { Error: error ?? 'ExecutionFailed', ...(cause != null && { Cause: cause }) };
}
