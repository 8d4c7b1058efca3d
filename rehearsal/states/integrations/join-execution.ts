import { parseJson } from '../language/json.ts';
import type { Json, JsonObject } from '../language/json.ts';
import { StatesError, TASK_FAILED } from '../language/states-error.ts';
import type { Execution } from '../run/execution.ts';

/**
 * Waits for the execution that `startExecution.sync` began. A child that the parent no longer waits for is stopped.
 * @param options.mayStop whether the parent's role may stop it; otherwise it runs on
 * @param options.parse with `.sync:2` input and output are JSON, with `.sync` they are its text
 * @throws StatesError `States.TaskFailed`, with the child's description as its cause
 */
export async function joinExecution(
  child: Execution,
  { parse, settled, mayStop }: { parse: boolean; settled: AbortSignal; mayStop: () => Promise<boolean> },
): Promise<Json> {
  const stop = (): void => {
    void mayStop().then((allowed) => {
      if (allowed) child.close({ status: 'ABORTED', error: new StatesError() });
    });
  };
  settled.addEventListener('abort', stop, { once: true, signal: child.signal });
  if (settled.aborted) stop();
  await child.closed;
  if (child.status === 'SUCCEEDED') return describe(child, parse);
  throw new StatesError(TASK_FAILED, JSON.stringify(describe(child, false)));
}

function describe(child: Execution, parse: boolean): JsonObject {
  const payload = (text: string): Json => (parse ? parseJson(text) : text);
  return {
    ...child.failure?.output,
    ExecutionArn: child.plan.arn,
    Input: payload(child.inputText),
    InputDetails: { Included: true },
    Name: child.plan.name,
    ...(child.outputText !== undefined && { Output: payload(child.outputText), OutputDetails: { Included: true } }),
    StartDate: Math.round(child.startedAt),
    StateMachineArn: child.plan.stateMachine.arn,
    Status: child.status,
    ...(child.stoppedAt !== undefined && { StopDate: Math.round(child.stoppedAt) }),
  };
}
