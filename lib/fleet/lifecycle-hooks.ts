import type { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Stack } from 'aws-cdk-lib/core';
import type { Duration } from 'aws-cdk-lib/core';
import { encodeHookMetadata, LAUNCH_HOOK_NAME, TERMINATION_HOOK_NAME } from '../../core/names.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Engine } from '../engine/engine.ts';

type HookSpecification = CfnAutoScalingGroup.LifecycleHookSpecificationProperty;

export interface LifecycleHooks {
  readonly deploymentGroup: DeploymentGroupName;
  readonly target: Pick<Engine, 'lifecycleQueueArn' | 'hookRoleArn'>;
  readonly launchHeartbeatTimeout: Duration;
  /** Absent where terminations are not deployed. */
  readonly terminationHeartbeatTimeout?: Duration;
}

/**
 * Writes the hooks into the group's own template (`LifecycleHookSpecificationList`): a hook that is a resource of its
 * own is made after the group, and the first instances slip through.
 * @throws Error when the hooks that are already there cannot stand beside these
 */
export function declareHooks(group: CfnAutoScalingGroup, hooks: LifecycleHooks): void {
  const others = specificationsOf(group);
  refuseSecondDeploymentGroup(group, others);
  refuseOtherTargets(group, others, hooks.target);
  group.lifecycleHookSpecificationList = [...others, ...renderHooks(hooks)];
}

function renderHooks({
  launchHeartbeatTimeout,
  terminationHeartbeatTimeout,
  ...hooks
}: LifecycleHooks): HookSpecification[] {
  const launch = renderHook(hooks, launchHeartbeatTimeout, {
    lifecycleHookName: LAUNCH_HOOK_NAME,
    lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    defaultResult: 'ABANDON', // an instance nobody deployed to must not take traffic
  });
  if (!terminationHeartbeatTimeout) return [launch];
  const termination = renderHook(hooks, terminationHeartbeatTimeout, {
    lifecycleHookName: TERMINATION_HOOK_NAME,
    lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    defaultResult: 'CONTINUE', // ABANDON would cut short the hooks of others, and save nothing
  });
  return [launch, termination];
}

function renderHook(
  { deploymentGroup, target }: Pick<LifecycleHooks, 'deploymentGroup' | 'target'>,
  heartbeatTimeout: Duration,
  hook: Pick<HookSpecification, 'lifecycleHookName' | 'lifecycleTransition' | 'defaultResult'>,
): HookSpecification {
  const heartbeatTimeoutSeconds = heartbeatTimeout.toSeconds();
  return {
    ...hook,
    heartbeatTimeout: heartbeatTimeoutSeconds,
    notificationTargetArn: target.lifecycleQueueArn,
    roleArn: target.hookRoleArn,
    notificationMetadata: encodeHookMetadata({ deploymentGroups: [deploymentGroup], heartbeatTimeoutSeconds }),
  };
}

/** Hooks that somebody has put into the template before. */
function specificationsOf(group: CfnAutoScalingGroup): HookSpecification[] {
  const existing = group.lifecycleHookSpecificationList ?? [];
  if (Array.isArray(existing) && existing.every((hook) => 'lifecycleHookName' in hook)) return existing;
  throw new Error(
    `The lifecycleHookSpecificationList of ${group.node.path} is a token, to which no hook can be appended. ` +
      'Give it as plain values.',
  );
}

/** Two deployments on one instance at the same moment would destroy it under each other. */
function refuseSecondDeploymentGroup(group: CfnAutoScalingGroup, others: readonly HookSpecification[]): void {
  if (others.some(({ lifecycleHookName }) => lifecycleHookName === LAUNCH_HOOK_NAME))
    throw new Error(
      `${group.node.path} already has a deployment group, and Slipway deploys one per Auto Scaling group. ` +
        'Put what belongs on the same instances into one revision.',
    );
}

/** Auto Scaling takes one target and one role for all hooks that a group is created with. */
function refuseOtherTargets(
  group: CfnAutoScalingGroup,
  others: readonly HookSpecification[],
  { lifecycleQueueArn, hookRoleArn }: LifecycleHooks['target'],
): void {
  const { resolve } = Stack.of(group);
  const differs = (theirs: string | undefined, ours: string): boolean =>
    theirs !== undefined && JSON.stringify(resolve(theirs)) !== JSON.stringify(resolve(ours));
  const other = others.find(
    ({ notificationTargetArn, roleArn }) =>
      differs(notificationTargetArn, lifecycleQueueArn) || differs(roleArn, hookRoleArn),
  );
  if (other)
    throw new Error(
      `The lifecycle hook ${other.lifecycleHookName} of ${group.node.path} has another notification target or role than ` +
        'Slipway, and Auto Scaling takes only one for all hooks in a group’s template. ' +
        'Declare that hook with autoScalingGroup.addLifecycleHook() instead.',
    );
}
