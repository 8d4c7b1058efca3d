import { HEARTBEAT_INTERVAL_SECONDS } from '../../core/names.ts';
import { deadlineMs, type LifecycleAction } from '../../core/lifecycle-action.ts';
import { targetIdOf } from '../../core/target-request.ts';
import type { Engine } from '../engine.ts';

/** An error that the state machine catches by name: there is nothing to beat for any more. */
export class LifecycleActionGone extends Error {
  override readonly name = 'LifecycleActionGone';
}

/**
 * Keeps the lifecycle action open for another heartbeat timeout.
 * @throws LifecycleActionGone
 */
export async function sendHeartbeat(
  action: LifecycleAction,
  ports: Pick<Engine, 'lifecycleActions' | 'telemetry' | 'clock'>,
): Promise<void> {
  const { instanceId, lifecycleHookName } = action;
  if ((await ports.lifecycleActions.heartbeat(action)) === 'gone') {
    throw new LifecycleActionGone(
      `Auto Scaling has ended the lifecycle action of ${lifecycleHookName}: it timed out, or ${instanceId} is gone`,
    );
  }
  ports.telemetry.count('HeartbeatsSent');
  ports.telemetry.info('heartbeat sent', { ...targetIdOf(action), lifecycleHookName });
  warnOfDeadline(action, ports);
}

/** Says it while somebody can still do something about it: three beats before Auto Scaling ends the action. */
function warnOfDeadline(action: LifecycleAction, { telemetry, clock }: Pick<Engine, 'telemetry' | 'clock'>): void {
  const deadline = deadlineMs(action);
  if (deadline === undefined || deadline - clock() > 3 * HEARTBEAT_INTERVAL_SECONDS * 1000) return;
  telemetry.warn('the lifecycle action is about to reach its global timeout', {
    ...targetIdOf(action),
    deadline: new Date(deadline).toISOString(),
  });
}
