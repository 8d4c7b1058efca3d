import { whySilent } from '../../core/mailbox/silence.ts';
import { silenceLimitSeconds } from '../../core/plan.ts';
import { isLifecycleAction, targetIdOf, type TargetRequest } from '../../core/target-request.ts';
import type { Engine } from '../engine.ts';
import { sendHeartbeat } from './send-heartbeat.ts';

/** An error that the state machine catches by name: there is nobody left to wait for. */
export class HostAgentSilent extends Error {
  override readonly name = 'HostAgentSilent';
}

/**
 * Looks whether the host still works. While Auto Scaling holds it, the lifecycle action is kept open as well.
 * @throws LifecycleActionGone, HostAgentSilent
 */
export async function watchHost(
  request: TargetRequest,
  ports: Pick<Engine, 'lifecycleActions' | 'hosts' | 'telemetry' | 'clock'>,
): Promise<void> {
  if (isLifecycleAction(request)) await sendHeartbeat(request, ports);

  const { deploymentId, instanceId } = targetIdOf(request);
  const host = await ports.hosts.byId(instanceId);
  if (host?.leg?.deploymentId !== deploymentId) return;
  const silence = whySilent(host.leg, ports.clock(), silenceLimitSeconds(request.type));
  if (silence !== undefined) throw new HostAgentSilent(silence);
}
