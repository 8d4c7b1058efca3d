import type { AutoScalingGroup } from '@aws-sdk/client-codedeploy';

import type { HookDirection, InstalledHook } from '../../adapters/auto-scaling/lifecycle-hooks.ts';
import { describeGroup } from '../../core/deployment-group.ts';
import {
  decodeHookMetadata,
  type DeploymentGroupName,
  encodeHookMetadata,
  LAUNCH_HOOK_NAME,
  MalformedHookMetadata,
  TERMINATION_HOOK_NAME,
} from '../../core/names.ts';
import { InvalidSetting } from '../errors/group-settings-errors.ts';
import type { Ports } from '../operation.ts';

/** Three heartbeats of the engine: two may be lost. */
const HEARTBEAT_TIMEOUT_SECONDS = 900;

/** The hooks that each Auto Scaling group of a deployment group has. */
export function directionsOf(settings: { readonly terminationHookEnabled: boolean }): readonly HookDirection[] {
  return settings.terminationHookEnabled ? ['launch', 'termination'] : ['launch'];
}

/**
 * Installs hooks, or makes those that are there as they should be. An Auto Scaling group has one deployment group:
 * hooks of another one, of a template’s above all, are never touched.
 * @param group as its records know it
 * @throws InvalidSetting when a group is not there, is another’s, or has no room; hooks that were installed before stay
 */
export async function installHooks(
  { applicationName, deploymentGroupName }: DeploymentGroupName,
  autoScalingGroups: readonly string[],
  directions: readonly HookDirection[],
  { lifecycleHooks }: Pick<Ports, 'lifecycleHooks'>,
): Promise<void> {
  const group = { applicationName, deploymentGroupName };
  const found = await Promise.all(autoScalingGroups.map((name) => lifecycleHooks.of(name)));
  found.forEach((hooks, index) => requireFree(autoScalingGroups[index] ?? '', hooks, group));
  for (const autoScalingGroupName of autoScalingGroups) {
    for (const direction of directions) {
      const outcome = await lifecycleHooks.install({
        autoScalingGroupName,
        direction,
        heartbeatTimeoutSeconds: HEARTBEAT_TIMEOUT_SECONDS,
        notificationMetadata: encodeHookMetadata({
          deploymentGroups: [group],
          heartbeatTimeoutSeconds: HEARTBEAT_TIMEOUT_SECONDS,
        }),
      });
      if (outcome === 'gone') throw noSuchGroup(autoScalingGroupName);
      if (outcome === 'full') throw noRoom(autoScalingGroupName);
    }
  }
}

/**
 * Removes the hooks of a deployment group, and no others.
 * @returns what is still there, as CodeDeploy reports it
 */
export async function removeHooks(
  group: DeploymentGroupName,
  autoScalingGroups: readonly string[],
  directions: readonly HookDirection[],
  { lifecycleHooks }: Pick<Ports, 'lifecycleHooks'>,
): Promise<AutoScalingGroup[]> {
  const reports = await Promise.all(
    autoScalingGroups.map(async (name) => {
      const found = await lifecycleHooks.of(name);
      if (found === 'gone') return [];
      const own = found.filter((hook) => directions.includes(hook.direction) && isOf(group, hook));
      const left: HookDirection[] = [];
      for (const { direction } of own) {
        if ((await lifecycleHooks.remove(name, direction)) === 'left') left.push(direction);
      }
      return left.length > 0 ? [hooksOf(name, left)] : [];
    }),
  );
  return reports.flat();
}

/** An Auto Scaling group as clients see it, with the names of these hooks. */
export function hooksOf(name: string, directions: readonly HookDirection[]): AutoScalingGroup {
  return {
    name,
    ...(directions.includes('launch') && { hook: LAUNCH_HOOK_NAME }),
    ...(directions.includes('termination') && { terminationHook: TERMINATION_HOOK_NAME }),
  };
}

function requireFree(name: string, hooks: readonly InstalledHook[] | 'gone', group: DeploymentGroupName): void {
  if (hooks === 'gone') throw noSuchGroup(name);
  const other = hooks.find((hook) => !isOf(group, hook));
  if (!other) return;
  const owners = ownersOf(other)?.map(describeGroup).join(' and ');
  throw new InvalidSetting(
    'InvalidAutoScalingGroupException',
    `The Auto Scaling group ${name} is deployed to by ${owners ?? 'another deployment group'}, and it can have one ` +
      'deployment group: detach it there, or put what belongs on the same instances into one revision',
  );
}

function isOf(group: DeploymentGroupName, hook: InstalledHook): boolean {
  const owners = ownersOf(hook);
  return owners?.length === 1 && owners.every((owner) => describeGroup(owner) === describeGroup(group));
}

function ownersOf({ notificationMetadata }: InstalledHook): readonly DeploymentGroupName[] | undefined {
  try {
    return decodeHookMetadata(notificationMetadata)?.deploymentGroups;
  } catch (error) {
    if (error instanceof MalformedHookMetadata) return undefined;
    throw error;
  }
}

function noSuchGroup(name: string): InvalidSetting {
  return new InvalidSetting('InvalidAutoScalingGroupException', `There is no Auto Scaling group named ${name}`);
}

function noRoom(name: string): InvalidSetting {
  return new InvalidSetting(
    'LifecycleHookLimitExceededException',
    `The Auto Scaling group ${name} has as many lifecycle hooks as it may have: delete one first`,
  );
}
