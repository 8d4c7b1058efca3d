import type { Execution } from './run/execution.ts';

/** Whether AWS would take a RedriveExecution for this one; the operation itself is not served here. */
export function redriveOf({ status }: Execution): { redriveStatus: string; redriveStatusReason?: string } {
  if (status !== 'RUNNING' && status !== 'SUCCEEDED') return { redriveStatus: 'REDRIVABLE' };
  return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: `Execution is ${status} and cannot be redriven` };
}
