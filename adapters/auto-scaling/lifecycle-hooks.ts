import {
  type AutoScalingClient,
  AutoScalingServiceException,
  DeleteLifecycleHookCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
  paginateDescribeAutoScalingGroups,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling';

import type { HookDirection, HookTarget } from '../../core/lifecycle-hook.ts';
import {
  decodeHookMetadata,
  type DeploymentGroupName,
  LAUNCH_HOOK_NAME,
  MalformedHookMetadata,
  TERMINATION_HOOK_NAME,
} from '../../core/names.ts';

/** A lifecycle hook as it is to be. */
export interface HookOrder {
  readonly autoScalingGroupName: string;
  readonly direction: HookDirection;
  /** See `encodeHookMetadata`. */
  readonly notificationMetadata: string;
  readonly heartbeatTimeoutSeconds: number;
}

/** A lifecycle hook of our name that is there. */
export interface InstalledHook {
  readonly direction: HookDirection;
  /** Missing for a hook without any. */
  readonly notificationMetadata?: string;
}

/** Lifecycle hooks of ours on Auto Scaling groups. `gone`: there is no such group. */
export interface LifecycleHooks {
  of(autoScalingGroupName: string): Promise<readonly InstalledHook[] | 'gone'>;
  /** Names of the Auto Scaling groups whose launch hook names this deployment group, alone or among others. */
  groupsOf(deploymentGroup: DeploymentGroupName): Promise<readonly string[]>;
  /** Installs a hook, or makes the one that is there as ordered. `full`: the group has all the hooks it may have. */
  install(order: HookOrder): Promise<'installed' | 'gone' | 'full'>;
  /** Makes a hook that is there as ordered. `left`: Auto Scaling refused, and it stays as it was. */
  change(order: HookOrder): Promise<'changed' | 'left'>;
  /** Removes a hook. One that is not there is removed already. `left`: Auto Scaling refused. */
  remove(autoScalingGroupName: string, direction: HookDirection): Promise<'removed' | 'left'>;
}

export class AutoScalingLifecycleHooks implements LifecycleHooks {
  readonly #client: AutoScalingClient;
  readonly #target: HookTarget;

  constructor(client: AutoScalingClient, target: HookTarget) {
    this.#client = client;
    this.#target = target;
  }

  async of(autoScalingGroupName: string): Promise<readonly InstalledHook[] | 'gone'> {
    // Asked for hooks of a group that is not there, Auto Scaling may answer with none.
    const { AutoScalingGroups: groups = [] } = await this.#client.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoScalingGroupName] }),
    );
    if (groups.length === 0) return 'gone';
    const { LifecycleHooks: hooks = [] } = await this.#client.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName: autoScalingGroupName }),
    );
    return DIRECTIONS.flatMap((direction) => {
      const hook = hooks.find(({ LifecycleHookName }) => LifecycleHookName === HOOKS[direction].LifecycleHookName);
      const metadata = hook?.NotificationMetadata;
      return hook ? [{ direction, ...(metadata !== undefined && { notificationMetadata: metadata }) }] : [];
    });
  }

  async groupsOf(deploymentGroup: DeploymentGroupName): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups({ client: this.#client }, {})) {
      names.push(...AutoScalingGroups.flatMap(({ AutoScalingGroupName }) => AutoScalingGroupName ?? []));
    }
    const found: string[] = [];
    // One after the other: Auto Scaling lets an account ask for little at once.
    for (const name of names) {
      const hooks = await this.of(name);
      if (hooks !== 'gone' && hooks.some((hook) => isLaunchHookOf(deploymentGroup, hook))) found.push(name);
    }
    return found;
  }

  async install(order: HookOrder): Promise<'installed' | 'gone' | 'full'> {
    try {
      await this.#client.send(
        new PutLifecycleHookCommand({
          AutoScalingGroupName: order.autoScalingGroupName,
          ...HOOKS[order.direction],
          HeartbeatTimeout: order.heartbeatTimeoutSeconds,
          NotificationTargetARN: this.#target.lifecycleQueueArn,
          RoleARN: this.#target.hookRoleArn,
          NotificationMetadata: order.notificationMetadata,
        }),
      );
      return 'installed';
    } catch (error) {
      if (isGroupGone(error)) return 'gone';
      if (isRefusal(error, ['LimitExceeded', 'LimitExceededFault'])) return 'full';
      throw error;
    }
  }

  async change(order: HookOrder): Promise<'changed' | 'left'> {
    try {
      return (await this.install(order)) === 'full' ? 'left' : 'changed';
    } catch (error) {
      if (error instanceof AutoScalingServiceException) return 'left';
      throw error;
    }
  }

  async remove(autoScalingGroupName: string, direction: HookDirection): Promise<'removed' | 'left'> {
    try {
      const { LifecycleHookName } = HOOKS[direction];
      await this.#client.send(
        new DeleteLifecycleHookCommand({ AutoScalingGroupName: autoScalingGroupName, LifecycleHookName }),
      );
      return 'removed';
    } catch (error) {
      if (isGroupGone(error) || isHookGone(error)) return 'removed';
      if (error instanceof AutoScalingServiceException) return 'left';
      throw error;
    }
  }
}

function isLaunchHookOf(
  { applicationName, deploymentGroupName }: DeploymentGroupName,
  { direction, notificationMetadata }: InstalledHook,
): boolean {
  if (direction !== 'launch') return false;
  const named = deploymentGroupsIn(notificationMetadata) ?? [];
  return named.some(
    (each) => each.applicationName === applicationName && each.deploymentGroupName === deploymentGroupName,
  );
}

/** The deployment groups that a hook names; undefined for one that is not ours, or that somebody has spoilt. */
export function deploymentGroupsIn(
  notificationMetadata: string | undefined,
): readonly DeploymentGroupName[] | undefined {
  try {
    return decodeHookMetadata(notificationMetadata)?.deploymentGroups;
  } catch (error) {
    if (error instanceof MalformedHookMetadata) return undefined;
    throw error;
  }
}

const DIRECTIONS: readonly HookDirection[] = ['launch', 'termination'];

const HOOKS = {
  launch: {
    LifecycleHookName: LAUNCH_HOOK_NAME,
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    DefaultResult: 'ABANDON', // an instance nobody deployed to must not take traffic
  },
  termination: {
    LifecycleHookName: TERMINATION_HOOK_NAME,
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    DefaultResult: 'CONTINUE', // ABANDON would cut short the hooks of others, and save nothing
  },
} as const;

/** Reported as `ValidationError`, which the service model does not name: only the text tells it from a mistake of ours. */
function isGroupGone(error: unknown): boolean {
  return (
    isRefusal(error, ['ValidationError']) && /AutoScalingGroup name not found|Group .*not found/i.test(String(error))
  );
}

function isHookGone(error: unknown): boolean {
  return isRefusal(error, ['ValidationError']) && /No Lifecycle Hook found/i.test(String(error));
}

function isRefusal(error: unknown, names: readonly string[]): boolean {
  return error instanceof AutoScalingServiceException && names.includes(error.name);
}
