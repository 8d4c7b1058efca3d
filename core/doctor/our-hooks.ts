import { type DeploymentGroup, describeGroup } from '../deployment-group.ts';
import type { HookDirection } from '../lifecycle-hook.ts';
import {
  decodeHookMetadata,
  type HookMetadata,
  LAUNCH_HOOK_NAME,
  MalformedHookMetadata,
  TERMINATION_HOOK_NAME,
} from '../names.ts';
import type { Observation, ObservedAutoScalingGroup, ObservedHook } from './observation.ts';

export const DIRECTIONS: readonly HookDirection[] = ['launch', 'termination'];

const NAMES: Readonly<Record<HookDirection, string>> = {
  launch: LAUNCH_HOOK_NAME,
  termination: TERMINATION_HOOK_NAME,
};

/** What our hook of this direction is called. */
export function nameOfHook(direction: HookDirection): string {
  return NAMES[direction];
}

/** What a hook says about itself; undefined where nobody can read it as ours any more. */
export function metadataOf({ notificationMetadata }: ObservedHook): HookMetadata | undefined {
  try {
    return decodeHookMetadata(notificationMetadata);
  } catch (error) {
    if (error instanceof MalformedHookMetadata) return undefined;
    throw error;
  }
}

/** Hooks that are ours by their name, or because they hold instances for the engine. */
export function ourHooks(
  { hooks }: ObservedAutoScalingGroup,
  direction: HookDirection,
  { hookTarget }: Pick<Observation, 'hookTarget'>,
): readonly ObservedHook[] {
  return hooks.filter(
    (hook) =>
      hook.direction === direction &&
      (hook.lifecycleHookName === nameOfHook(direction) ||
        hook.notificationTargetArn === hookTarget.lifecycleQueueArn ||
        metadataOf(hook) !== undefined),
  );
}

/**
 * The deployment groups that deploy to an Auto Scaling group, in the order in which a launch goes through them. Those of
 * the API say so themselves, and the record has their order. Those of templates do not: their hooks tell, and where there
 * is none left, the last launch.
 */
export function ownersOf(group: ObservedAutoScalingGroup, observation: Observation): readonly DeploymentGroup[] {
  const named = DIRECTIONS.flatMap((direction) => ourHooks(group, direction, observation)).flatMap(
    (hook) => metadataOf(hook)?.deploymentGroups.map(describeGroup) ?? [],
  );
  const { autoScalingGroupName } = group;
  const recorded = observation.sharing.get(autoScalingGroupName)?.map(describeGroup) ?? [];
  const places = new Map([...new Set([...recorded, ...named])].map((name, place) => [name, place]));
  return observation.deploymentGroups
    .filter((owner) => {
      const name = describeGroup(owner);
      if (owner.settings) return owner.settings.autoScalingGroups.includes(autoScalingGroupName);
      return named.includes(name) || observation.lastLaunches.get(name) === autoScalingGroupName;
    })
    .toSorted((one, other) => placeOf(one, places) - placeOf(other, places));
}

function placeOf(owner: DeploymentGroup, places: ReadonlyMap<string, number>): number {
  return places.get(describeGroup(owner)) ?? Number.MAX_SAFE_INTEGER;
}

/** Those of them that want a hook in this direction. */
export function ownersIn(direction: HookDirection, owners: readonly DeploymentGroup[]): readonly DeploymentGroup[] {
  return direction === 'launch' ? owners : owners.filter(({ deploysTerminations }) => deploysTerminations);
}
