import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import { describeRequest } from '../../../core/target-request.ts';
import type { ExecutionOutcome } from '../../../core/shared-action.ts';
import type { TargetOutcome } from '../../../core/target.ts';
import type { Engine } from '../../engine.ts';
import { releaseWatch } from './release-watch.ts';

/**
 * Lets Auto Scaling go on, then releases the heartbeat lane. An action that is gone is as good as completed: perhaps
 * an earlier call completed it and its answer was lost.
 * @returns the outcome, with a word about an action that was gone
 */
export async function completeLifecycleAction(
  action: LifecycleAction,
  outcome: ExecutionOutcome,
  engine: Engine,
): Promise<ExecutionOutcome> {
  const answer = await complete(action, outcome, engine);
  await releaseWatch(action, engine);
  return answer === 'gone'
    ? { ...outcome, reason: `${outcome.reason} (Auto Scaling had already ended the lifecycle action)` }
    : outcome;
}

async function complete(
  action: LifecycleAction,
  { lifecycleActionResult: result }: TargetOutcome,
  { lifecycleActions, telemetry }: Engine,
): Promise<'done' | 'gone' | 'nothing'> {
  if (result === null) return 'nothing';
  const answer = await lifecycleActions.complete(action, result);
  if (answer === 'gone') telemetry.count('LifecycleActionsGone');
  telemetry.info('lifecycle action completed', { ...describeRequest(action), result, answer });
  return answer;
}
