import { launchResult } from '../../core/launch-guard/failed-launch.ts';
import { failingRevision, LAUNCH_FAILURE_LIMIT, noteFailure, noteTold } from '../../core/launch-guard/launch-guard.ts';
import { revisionToLaunch } from '../../core/launch-guard/revision-to-launch.ts';
import type { DeploymentGroup } from '../../core/deployment-group.ts';
import { isLifecycleAction } from '../../core/target-request.ts';
import type { Target } from '../../core/target.ts';
import type { AnnounceWithdrawal } from './announce-withdrawal.ts';
import { changeGuard, type GuardedGroup } from './change-guard.ts';
import { type HoldingPorts, holdLaunches } from './hold-launches.ts';
import { revisionSucceeded } from './revision-succeeded.ts';

export interface LaunchGuardPorts extends HoldingPorts {
  readonly announceWithdrawal: AnnounceWithdrawal;
}

/**
 * Draws the consequence of a launch that has settled: a revision whose launches keep failing is withdrawn, people are
 * told, and where no other is left, launches are held. Repeated, it does what is left to do.
 * @param known its deployment group, as it was a moment ago
 */
export async function guardLaunches(
  target: Target,
  known: DeploymentGroup | undefined,
  ports: LaunchGuardPorts,
): Promise<void> {
  const result = launchResult(target);
  if (!result) return;
  const { revision, failure } = result;
  if (!failure) return revisionSucceeded(target.group, revision, ports);
  const limit = known?.launchFailureLimit ?? LAUNCH_FAILURE_LIMIT;
  if (limit === 0) return;
  const group = await changeGuard(target.group, (guard) => noteFailure(guard, revision, failure, limit), ports);
  if (group) await drawConsequence(target, group, ports);
}

async function drawConsequence(target: Target, group: GuardedGroup, ports: LaunchGuardPorts): Promise<void> {
  const entry = target.revision && failingRevision(group.launchGuard, target.revision);
  if (entry?.withdrawnAt === undefined) return;
  const next = revisionToLaunch(group);
  if (next.kind === 'held' && isLifecycleAction(target.request)) {
    await holdLaunches(target.group, target.request.autoScalingGroupName, ports);
  }
  if (entry.isTold) return;
  ports.telemetry.count('RevisionsWithdrawn');
  const triggers = group.settings?.triggerConfigurations ?? [];
  await ports.announceWithdrawal({ group: target.group, failing: entry, next }, triggers);
  await changeGuard(target.group, (guard) => noteTold(guard, entry.revision), ports);
}
