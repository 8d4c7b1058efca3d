import type { DeploymentGroupName } from '../../core/names.ts';
import type { Revision } from '../../core/revision.ts';
import type { Target } from '../../core/target.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import type { Member } from '../../rehearsal/auto-scaling/lifecycle/member.ts';
import type { Ended } from './ended.ts';

/**
 * Each host runs what its records say, in the warm pool as well, and after a deployment that went well all that serve run
 * the same.
 */
export function judgeHosts(ended: Ended): readonly string[] {
  const { world, records, setting } = ended;
  const { members } = world.autoScaling.account.groups.get(setting.autoScalingGroupName).group;
  return [...members.values()].flatMap((member) =>
    setting.deploymentGroups.flatMap((group) => {
      const { instanceId } = member;
      const last = lastDeployment(records.targets, instanceId, group);
      if (last?.status !== 'Succeeded') return [];
      const found = world.hosts.disks.get(instanceId)?.installed.get(nameOf(group));
      const recorded = keyOf(
        records.hosts.get(instanceId)?.[`installed#${deploymentGroupIdFor(group)}`] as Revision | undefined,
      );
      return [
        ...differ(`${instanceId} runs ${found} of ${nameOf(group)}, its record says`, found, recorded),
        ...differ(
          `${instanceId} runs ${found} of ${nameOf(group)}, its last deployment brought`,
          found,
          keyOf(last.revision),
        ),
        ...differ(
          `${instanceId} runs ${found} of ${nameOf(group)}, its fleet was brought`,
          found,
          isOfFleet(member, ended) ? (fleetRevision(ended, group) ?? found) : found,
        ),
      ];
    }),
  );
}

/** Whether a host must run what its fleet does: not one that came into service while there was no hook to hold it. */
function isOfFleet({ lifecycleState, inServiceAtMs = 0 }: Member, { course }: Ended): boolean {
  const wasHeld = course.hooksAmiss.every(
    ({ fromMs, untilMs }) => inServiceAtMs < fromMs || inServiceAtMs > untilMs + LONGEST_BOOT_MS,
  );
  return lifecycleState === 'InService' && wasHeld;
}

/** From the moment an instance is called from its warm pool to its service, without a hook. */
const LONGEST_BOOT_MS = 30_000;

function differ(what: string, found: string | undefined, expected: string | undefined): readonly string[] {
  return found === expected ? [] : [`${what} ${expected}`];
}

/** What every host should run; undefined where the last deployment to the fleet did not go well. */
function fleetRevision({ records }: Ended, group: DeploymentGroupName): string | undefined {
  const ofGroup = records.fleets.filter((fleet) => fleet.deploymentGroupId === deploymentGroupIdFor(group));
  const last = ofGroup.toSorted((one, other) => one.createdAtMs - other.createdAtMs).at(-1);
  return last?.status === 'Succeeded' ? keyOf(last.revision) : undefined;
}

/** The last that brought a host a revision, or was to. One that returns to its warm pool was taken leave of since. */
function lastDeployment(
  targets: readonly Target[],
  instanceId: string,
  group: DeploymentGroupName,
): Target | undefined {
  return targets
    .filter(
      (target) =>
        target.instanceId === instanceId &&
        nameOf(target.group) === nameOf(group) &&
        target.request.type !== 'termination' &&
        target.status !== 'Skipped',
    )
    .toSorted((one, other) => (one.openedAt < other.openedAt ? -1 : 1))
    .at(-1);
}

const nameOf = ({ applicationName, deploymentGroupName }: DeploymentGroupName): string =>
  `${applicationName}/${deploymentGroupName}`;

const keyOf = (revision: Revision | undefined): string | undefined =>
  revision?.RevisionType === 'S3' ? revision.S3Location.Key : undefined;
