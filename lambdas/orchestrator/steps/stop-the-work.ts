import type { Stop, StopKind } from '../../../core/deployment.ts';
import type { Engine } from '../../engine.ts';
import type { Count } from '../../telemetry.ts';
import { eventsSoFar } from './events-so-far.ts';

/**
 * Cuts a deployment short: its record says why, its deploy lane is woken, its leg leaves the mailbox.
 *
 * The order matters when the function crashes in between. The record comes first, for a lane that has not yet placed
 * its leg is held by it; the mailbox last, for the leg is what a repeated call finds the deployment by.
 * @returns `nothing` when the deployment had settled or never began
 */
export async function stopTheWork(
  deploymentId: string,
  instanceId: string,
  stop: Stop,
  { deployments, hosts, taskTokens, telemetry }: Pick<Engine, 'deployments' | 'hosts' | 'taskTokens' | 'telemetry'>,
): Promise<'stopped' | 'nothing'> {
  const [deployment, host] = await Promise.all([deployments.byId(deploymentId), hosts.byId(instanceId)]);
  const events = deployment ? eventsSoFar(deployment, host) : [];

  const stopped = await deployments.stop(deploymentId, stop, events);
  if (stopped?.taskToken !== undefined) await taskTokens.answer(stopped.taskToken, { status: 'Stopped' });
  await hosts.withdrawLeg(instanceId, deploymentId);

  if (!stopped) return 'nothing';
  telemetry.warn('work stopped', { deploymentId, instanceId, stop: stop.kind, reason: stop.reason });
  const count = COUNTS[stop.kind];
  if (count) telemetry.count(count);
  return 'stopped';
}

const COUNTS: Readonly<Partial<Record<StopKind, Count>>> = {
  LifecycleActionGone: 'LifecycleActionsGone',
  HostAgentSilent: 'HostAgentsSilent',
};
