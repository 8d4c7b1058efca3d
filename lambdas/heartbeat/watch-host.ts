import type { Leg } from '../../core/mailbox/leg.ts';
import { silenceOf } from '../../core/mailbox/silence.ts';
import { HEARTBEAT_INTERVAL_SECONDS } from '../../core/names.ts';
import { deploymentsOf, isLifecycleAction, targetIdOf, type TargetRequest } from '../../core/target-request.ts';
import type { Engine } from '../engine.ts';
import { sendHeartbeat } from './send-heartbeat.ts';
import { watchDeadline } from './watch-deadline.ts';

/** An error that the state machine catches by name: there is nobody left to wait for. */
export class HostAgentSilent extends Error {
  override readonly name = 'HostAgentSilent';
}

/** What the lane that watches goes on with. */
export interface NextLook {
  /** From 1 to the interval of heartbeats. */
  readonly heartbeatInSeconds: number;
}

/**
 * Looks whether the host still works. While Auto Scaling holds it, the lifecycle action is kept open as well.
 * @returns when to look again: at the latest when the next heartbeat is due, and when something may come to its end
 * @throws LifecycleActionGone, HostAgentSilent, DeadlineReached
 */
export async function watchHost(
  request: TargetRequest,
  ports: Pick<Engine, 'lifecycleActions' | 'hosts' | 'telemetry' | 'clock'>,
): Promise<NextLook> {
  if (isLifecycleAction(request)) await sendHeartbeat(request, ports);
  const deadlineLookMs = isLifecycleAction(request) ? watchDeadline(request, ports) : undefined;

  const leg = (await ports.hosts.byId(request.instanceId))?.leg;
  const silence = leg && isOf(request, leg) ? silenceOf(leg) : undefined;
  const nowMs = ports.clock();
  if (silence && nowMs > silence.fromMs) throw new HostAgentSilent(silence.reason);

  const untilMs = Math.min(silence?.fromMs ?? Infinity, deadlineLookMs ?? Infinity) - nowMs;
  // A second later: at the very moment there would be nothing to see yet.
  const soonest = Math.max(0, Math.ceil(untilMs / 1000)) + 1;
  return { heartbeatInSeconds: Math.min(HEARTBEAT_INTERVAL_SECONDS, soonest) };
}

function isOf(request: TargetRequest, { deploymentId }: Leg): boolean {
  return deploymentsOf(request).some((deployment) => targetIdOf(deployment).deploymentId === deploymentId);
}
