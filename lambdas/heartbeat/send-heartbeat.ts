import type { LifecycleAction } from '../../core/lifecycle-action.ts';
import { describeRequest } from '../../core/target-request.ts';
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
  { lifecycleActions, telemetry }: Pick<Engine, 'lifecycleActions' | 'telemetry'>,
): Promise<void> {
  const { instanceId, lifecycleHookName } = action;
  if ((await lifecycleActions.heartbeat(action)) === 'gone') {
    throw new LifecycleActionGone(
      `Auto Scaling has ended the lifecycle action of ${lifecycleHookName}: it timed out, or ${instanceId} is gone`,
    );
  }
  telemetry.count('HeartbeatsSent');
  telemetry.info('heartbeat sent', describeRequest(action));
}
