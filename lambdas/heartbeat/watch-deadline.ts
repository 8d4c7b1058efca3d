import { deadlineOf } from '../../core/deadline.ts';
import type { LifecycleAction } from '../../core/lifecycle-action.ts';
import { describeRequest } from '../../core/target-request.ts';
import type { Engine } from '../engine.ts';

/** An error that the state machine catches by name: no heartbeat keeps the lifecycle action open for longer. */
export class DeadlineReached extends Error {
  override readonly name = 'DeadlineReached';
}

/**
 * Looks at the lifecycle action's global timeout, and tells people while they can still do something about it.
 * @returns when to look again, in milliseconds since the epoch, if there is such a moment
 * @throws DeadlineReached while the action can still be completed in order
 */
export function watchDeadline(
  action: LifecycleAction,
  { telemetry, clock }: Pick<Engine, 'telemetry' | 'clock'>,
): number | undefined {
  const deadline = deadlineOf(action);
  if (!deadline) return undefined;
  const strikesAt = new Date(deadline.strikesMs).toISOString();
  if (clock() >= deadline.dueMs) {
    throw new DeadlineReached(
      `At ${strikesAt} Auto Scaling ends the lifecycle action of ${action.lifecycleHookName} by itself, which no ` +
        'heartbeat puts off: the work was ended in order before. Its global timeout is 48 hours, or 100 times the ' +
        'heartbeat timeout of the hook; raise that one if deployments need longer',
    );
  }
  if (clock() < deadline.nearMs) return deadline.nearMs;
  telemetry.count('DeadlinesNear');
  telemetry.warn('four fifths of the global timeout of the lifecycle action are over', {
    ...describeRequest(action),
    deadline: strikesAt,
  });
  return deadline.dueMs;
}
