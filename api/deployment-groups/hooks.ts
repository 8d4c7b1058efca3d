import type { AutoScalingGroup } from '@aws-sdk/client-codedeploy';

import { deploymentGroupsIn, type InstalledHook } from '../../adapters/auto-scaling/lifecycle-hooks.ts';
import { describeGroup } from '../../core/deployment-group.ts';
import type { HookDirection } from '../../core/lifecycle-hook.ts';
import { type DeploymentGroupName, LAUNCH_HOOK_NAME, TERMINATION_HOOK_NAME } from '../../core/names.ts';
import { InvalidSetting } from '../errors/group-settings-errors.ts';
import type { Ports } from '../operation.ts';
import { join, leave, project } from './shared-hooks.ts';

type HookPorts = Pick<Ports, 'lifecycleHooks' | 'hookSharers'>;

/** The hooks that each Auto Scaling group of a deployment group has. */
export function directionsOf(settings: { readonly terminationHookEnabled: boolean }): readonly HookDirection[] {
  return settings.terminationHookEnabled ? ['launch', 'termination'] : ['launch'];
}

/**
 * Installs hooks, or makes those that are there as they should be. The deployment groups of an Auto Scaling group share
 * them, in the order in which they came to it. Hooks that a template declares are never touched.
 * @param group as its records know it
 * @throws InvalidSetting when a group is not there, is a template's, or has no room; hooks that were installed before stay
 */
export async function installHooks(
  { applicationName, deploymentGroupName }: DeploymentGroupName,
  autoScalingGroups: readonly string[],
  directions: readonly HookDirection[],
  ports: HookPorts,
): Promise<void> {
  const group = { applicationName, deploymentGroupName };
  await Promise.all(autoScalingGroups.map((name) => requireShareable(name, group, ports)));
  for (const name of autoScalingGroups) {
    await join(name, group, directions, ports);
    for (const direction of directions) {
      const outcome = await project(name, direction, (order) => ports.lifecycleHooks.install(order), ports);
      if (outcome === 'gone') throw noSuchGroup(name);
      if (outcome === 'full') throw noRoom(name);
    }
  }
}

/**
 * Takes a deployment group off the hooks of Auto Scaling groups. Hooks that no other shares are removed.
 * @returns what is still there, as CodeDeploy reports it
 */
export async function removeHooks(
  group: DeploymentGroupName,
  autoScalingGroups: readonly string[],
  directions: readonly HookDirection[],
  ports: HookPorts,
): Promise<AutoScalingGroup[]> {
  const reports = await Promise.all(
    autoScalingGroups.map(async (name) => {
      await leave(name, group, directions, ports);
      const found = await ports.lifecycleHooks.of(name);
      if (found === 'gone') return [];
      const left: HookDirection[] = [];
      for (const hook of found) {
        if (!directions.includes(hook.direction) || !names(hook, group)) continue;
        const outcome = await project(name, hook.direction, (order) => ports.lifecycleHooks.change(order), ports);
        if (outcome === 'left') left.push(hook.direction);
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

/** A hook that names nobody whom the record knows is a template's: the next update of its stack would undo a change. */
async function requireShareable(name: string, group: DeploymentGroupName, ports: HookPorts): Promise<void> {
  const [hooks, { sharers }] = await Promise.all([ports.lifecycleHooks.of(name), ports.hookSharers.of(name)]);
  if (hooks === 'gone') throw noSuchGroup(name);
  const known = new Set([...sharers, group].map(describeGroup));
  for (const hook of hooks) {
    const owners = deploymentGroupsIn(hook.notificationMetadata)?.map(describeGroup);
    if (owners?.some((owner) => known.has(owner))) continue;
    throw new InvalidSetting(
      'InvalidAutoScalingGroupException',
      `The Auto Scaling group ${name} is deployed to by ${owners?.join(' and ') ?? 'another deployment group'}, and its ` +
        'hooks were not installed by this API: declare all of its deployment groups in the template that has them, or none',
    );
  }
}

function names({ notificationMetadata }: InstalledHook, group: DeploymentGroupName): boolean {
  const owners = deploymentGroupsIn(notificationMetadata) ?? [];
  return owners.some((owner) => describeGroup(owner) === describeGroup(group));
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
