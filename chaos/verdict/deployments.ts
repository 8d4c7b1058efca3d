import { isTerminal } from '../../core/fleet/deployment-status.ts';
import type { Target } from '../../core/target.ts';
import type { Ended } from './ended.ts';

/**
 * Nothing is in progress any more: no deployment, no execution, no mailbox with work, no group that is taken. A host that
 * ended, was switched off or fell silent in the middle of an event leaves that in its mailbox.
 */
export function judgeDeployments({ world, records, setting }: Ended): readonly string[] {
  const { members } = world.autoScaling.account.groups.get(setting.autoScalingGroupName).group;
  const running = [...world.machines.account.executions.values()].filter(({ status }) => status === 'RUNNING');
  const begun = new Set(records.fleets.map(({ deploymentId }) => deploymentId));
  const ended = new Set(
    records.fleets.filter(({ status }) => isTerminal(status)).map(({ deploymentId }) => deploymentId),
  );
  // Auto Scaling is told in vain of a machine that has vanished, and finds it so.
  const isOfTheGone = (message: string): boolean =>
    [...world.hosts.disks.keys()].some((id) => message.startsWith(id) && !members.has(id));
  return [
    ...running.map(({ plan }) => `the execution ${plan.name} still runs`),
    ...records.targets
      .filter(({ status }) => status === 'InProgress')
      .map(({ deploymentId, instanceId }) => `the deployment ${deploymentId} to ${instanceId} has no verdict`),
    ...records.fleets
      .filter(({ status }) => !isTerminal(status))
      .map(({ deploymentId, status }) => `the deployment ${deploymentId} to the fleet is ${status} for ever`),
    // One that has ended holds nobody up, nor does one that broke off without a record: see `TableFleetDeployments`.
    ...records.histories
      .filter(
        ({ activeDeploymentId }) =>
          activeDeploymentId !== undefined && begun.has(activeDeploymentId) && !ended.has(activeDeploymentId),
      )
      .map(({ activeDeploymentId }) => `a deployment group is taken for ever by ${activeDeploymentId}`),
    ...[...records.hosts]
      .filter(([instanceId, { leg }]) => leg !== undefined && members.has(instanceId))
      .filter(([instanceId]) => members.get(instanceId)?.lifecycleState !== 'Warmed:Stopped')
      .filter(([instanceId]) => !world.hosts.disks.get(instanceId)?.isSilent)
      .map(([instanceId]) => `the mailbox of ${instanceId} still holds work`),
    ...records.fleets.flatMap(({ deploymentId, completedAtMs = 0 }) => {
      const ends = records.targets.filter((target) => target.deploymentId === deploymentId).map(settledAtMs);
      const lateMs = completedAtMs - Math.max(...ends);
      if (ends.length === 0 || lateMs < LATEST_VERDICT_MS) return [];
      return [`the deployment ${deploymentId} ended ${Math.round(lateMs / 60_000)} minutes after its last target`];
    }),
    ...world.journal
      .flatMap((entry) => (entry.kind === 'warning' ? [entry.message] : []))
      .filter((message) => !isOfTheGone(message)),
  ];
}

const settledAtMs = ({ settledAt }: Target): number => Date.parse(settledAt ?? '');

/** An execution may die on the way to the verdict, its event be late, and calls fail until the last retry. */
const LATEST_VERDICT_MS = 1_800_000;
