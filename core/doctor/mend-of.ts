import type { DeploymentGroup } from '../deployment-group.ts';
import type { HookDirection } from '../lifecycle-hook.ts';
import { HEARTBEAT_INTERVAL_SECONDS } from '../names.ts';
import type { Mend } from './finding.ts';
import type { ObservedAutoScalingGroup } from './observation.ts';
import { DIRECTIONS, metadataOf, nameOfHook, ownersIn } from './our-hooks.ts';

/** What a template declares unless told otherwise, and what the API installs. */
const HEARTBEAT_TIMEOUT_SECONDS = 900;

/** One beat may be lost. */
export const LEAST_HEARTBEAT_TIMEOUT_SECONDS = 2 * HEARTBEAT_INTERVAL_SECONDS;

/** What makes the hook of this direction what its owners want, at least one of which wants it. */
export function mendOf(
  group: ObservedAutoScalingGroup,
  direction: HookDirection,
  owners: readonly DeploymentGroup[],
): Mend {
  const { autoScalingGroupName } = group;
  // The API lets nobody share hooks with a template, so that all of them are of one kind.
  if (owners.some(({ settings }) => settings))
    return { kind: 'share', autoScalingGroupName, sharers: sharersIn(owners), unwanted: [] };
  return {
    kind: 'put',
    autoScalingGroupName,
    direction,
    deploymentGroups: ownersIn(direction, owners).map(named),
    heartbeatTimeoutSeconds: declaredTimeout(group, direction),
  };
}

/** The metadata of a hook repeats what its template declares; where that is lost, that of the other direction is near. */
function declaredTimeout(group: ObservedAutoScalingGroup, direction: HookDirection): number {
  const inOrder = [direction, ...DIRECTIONS.filter((other) => other !== direction)];
  const declared = inOrder.flatMap((each) => {
    const hook = group.hooks.find(({ lifecycleHookName }) => lifecycleHookName === nameOfHook(each));
    return (hook && metadataOf(hook)?.heartbeatTimeoutSeconds) ?? [];
  });
  const [first = HEARTBEAT_TIMEOUT_SECONDS] = declared.filter((seconds) => seconds >= LEAST_HEARTBEAT_TIMEOUT_SECONDS);
  return first;
}

function sharersIn(owners: readonly DeploymentGroup[]) {
  return owners.map((owner) => ({
    ...named(owner),
    directions: owner.deploysTerminations ? DIRECTIONS : (['launch'] as const),
  }));
}

function named({ applicationName, deploymentGroupName }: DeploymentGroup) {
  return { applicationName, deploymentGroupName };
}
