import { HEARTBEAT_INTERVAL_SECONDS } from '../../core/names.ts';
import { deploymentIdFor } from '../../core/identifiers.ts';
import { deadlineMs, type LifecycleAction } from '../../core/lifecycle-action.ts';
import { whySilent } from '../../core/mailbox/silence.ts';
import type { Engine } from '../engine.ts';

/** Errors that the state machine catches by name: there is nothing to beat for any more. */
export class LifecycleActionGone extends Error {
  override readonly name = 'LifecycleActionGone';
}

export class HostAgentSilent extends Error {
  override readonly name = 'HostAgentSilent';
}

type Ports = Pick<Engine, 'lifecycleActions' | 'hosts' | 'telemetry' | 'clock'>;

/**
 * Keeps the lifecycle action open for another heartbeat timeout, and takes the opportunity to look whether the host
 * still works.
 * @throws LifecycleActionGone, HostAgentSilent
 */
export async function sendHeartbeat(action: LifecycleAction, ports: Ports): Promise<void> {
  const deploymentId = deploymentIdFor(action.lifecycleActionToken);
  const { instanceId, lifecycleHookName } = action;

  if ((await ports.lifecycleActions.heartbeat(action)) === 'gone') {
    throw new LifecycleActionGone(
      `Auto Scaling has ended the lifecycle action of ${lifecycleHookName}: it timed out, or ${instanceId} is gone`,
    );
  }
  ports.telemetry.count('HeartbeatsSent');
  ports.telemetry.info('heartbeat sent', { deploymentId, instanceId, lifecycleHookName });
  warnOfDeadline(action, deploymentId, ports);

  const host = await ports.hosts.byId(instanceId);
  const silence = host?.leg?.deploymentId === deploymentId ? whySilent(host.leg, ports.clock()) : undefined;
  if (silence !== undefined) throw new HostAgentSilent(silence);
}

/** Says it while somebody can still do something about it: three beats before Auto Scaling ends the action. */
function warnOfDeadline(action: LifecycleAction, deploymentId: string, { telemetry, clock }: Ports): void {
  const deadline = deadlineMs(action);
  if (deadline === undefined || deadline - clock() > 3 * HEARTBEAT_INTERVAL_SECONDS * 1000) return;
  telemetry.warn('the lifecycle action is about to reach its global timeout', {
    deploymentId,
    instanceId: action.instanceId,
    deadline: new Date(deadline).toISOString(),
  });
}
