import { HEARTBEAT_TIMEOUT, RUNTIME, StatesError, TIMEOUT } from '../language/states-error.ts';
import type { Engine } from './engine.ts';
import { Aborted } from './execution.ts';
import type { Execution } from './execution.ts';
import { runStates } from './run-states.ts';
import { Thread } from './thread.ts';

/** Plays an execution to its end, whatever that is. Never throws. */
export async function runExecution(execution: Execution, engine: Engine): Promise<void> {
  const { plan } = execution;
  const { clock, journal } = engine.ground;
  const thread = new Thread(engine, execution);
  const cancelTimeout =
    plan.timeoutSeconds === undefined
      ? () => undefined
      : clock.after(plan.timeoutSeconds * 1000, () => {
          execution.close({ status: 'TIMED_OUT', error: new StatesError() });
        });
  try {
    const output = await runStates(plan.list, plan.input, thread);
    execution.close({ status: 'SUCCEEDED', output }, thread.lastEventId);
  } catch (thrown) {
    if (thrown instanceof Aborted) return;
    if (!(thrown instanceof StatesError)) {
      journal.record({
        kind: 'warning',
        message: `Execution ${plan.arn} met a fault of the rehearsal: ${String(thrown)}`,
      });
    }
    execution.close({ status: 'FAILED', error: finalError(thrown) }, thread.lastEventId);
  } finally {
    cancelTimeout();
  }
}

/** Outside Retry and Catch a missed heartbeat is a timeout like any other. */
function finalError(thrown: unknown): StatesError {
  if (!(thrown instanceof StatesError)) return new StatesError(RUNTIME, String(thrown));
  return thrown.error === HEARTBEAT_TIMEOUT ? new StatesError(TIMEOUT, thrown.cause) : thrown;
}
