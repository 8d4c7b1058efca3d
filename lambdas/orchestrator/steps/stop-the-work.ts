import type { Stop, StopKind } from '../../../core/target.ts';
import type { TargetId } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';
import type { Count } from '../../telemetry.ts';
import { emptyMailbox } from './empty-mailbox.ts';
import { eventsSoFar } from './events-so-far.ts';

/**
 * Cuts the work on a target short: its record says why, its deploy lane is woken, its leg leaves the mailbox.
 *
 * The order matters when the function crashes in between. The record comes first, for a lane that has not yet placed
 * its leg is held by it; the mailbox last, for the leg is what a repeated call finds the target by.
 * @returns `nothing` when the target had settled or never began
 */
export async function stopTheWork(
  { deploymentId, instanceId }: TargetId,
  stop: Stop,
  {
    targets,
    hosts,
    mailboxes,
    taskTokens,
    telemetry,
    clock,
  }: Pick<Engine, 'targets' | 'hosts' | 'mailboxes' | 'taskTokens' | 'telemetry' | 'clock'>,
): Promise<'stopped' | 'nothing'> {
  const id = { deploymentId, instanceId };
  const [target, host] = await Promise.all([targets.byId(id), hosts.byId(instanceId)]);
  const events = target ? eventsSoFar(target, host) : [];

  const stopped = await targets.stop(id, stop, events, target?.legNumber ?? 0);
  if (stopped?.taskToken !== undefined) await taskTokens.answer(stopped.taskToken, { status: 'Stopped' });
  if (stop.kind === 'HostGone') await mailboxes.withdraw(instanceId, deploymentId);
  else await emptyMailbox(id, { hosts, mailboxes, clock });

  if (!stopped) return 'nothing';
  telemetry.warn('work stopped', { deploymentId, instanceId, stop: stop.kind, reason: stop.reason });
  const count = COUNTS[stop.kind];
  if (count) telemetry.count(count);
  return 'stopped';
}

const COUNTS: Readonly<Partial<Record<StopKind, Count>>> = {
  LifecycleActionGone: 'LifecycleActionsGone',
  HostAgentSilent: 'HostAgentsSilent',
  DeadlineReached: 'DeadlinesReached',
};
