import type { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Stack } from 'aws-cdk-lib/core';
import type { Duration } from 'aws-cdk-lib/core';
import { describeGroup } from '../../core/deployment-group.ts';
import { encodeHookMetadata, LAUNCH_HOOK_NAME, TERMINATION_HOOK_NAME } from '../../core/names.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Engine } from '../engine/engine.ts';

type HookSpecification = CfnAutoScalingGroup.LifecycleHookSpecificationProperty;

/** What one deployment group asks of the hooks of its Auto Scaling group. */
export interface LifecycleHooks {
  readonly deploymentGroup: DeploymentGroupName;
  readonly target: Pick<Engine, 'lifecycleQueueArn' | 'hookRoleArn'>;
  /** Place among the deployment groups of the Auto Scaling group; those of one number go by their construction. */
  readonly launchOrder: number;
  readonly launchHeartbeatTimeout: Duration;
  /** Absent where terminations are not deployed. */
  readonly terminationHeartbeatTimeout?: Duration;
}

/** What has been declared on an Auto Scaling group so far, in the order of construction. */
const DECLARED = new WeakMap<CfnAutoScalingGroup, readonly LifecycleHooks[]>();

/**
 * Writes the hooks into the group's own template (`LifecycleHookSpecificationList`): a hook that is a resource of its
 * own is made after the group, and the first instances slip through. Deployment groups of one Auto Scaling group share
 * one hook per direction, which names them in the order of a launch.
 * @throws Error when the hooks that are already there cannot stand beside these
 */
export function declareHooks(group: CfnAutoScalingGroup, hooks: LifecycleHooks): void {
  const before = DECLARED.get(group) ?? [];
  const existing = specificationsOf(group);
  const others = existing.filter(({ lifecycleHookName }) => !OUR_NAMES.includes(lifecycleHookName));
  if (before.length === 0) refuseOurNames(group, existing);
  refuseSameDeploymentGroup(group, before, hooks);
  refuseOtherTargets(group, others, hooks.target);
  const declared = [...before, hooks];
  DECLARED.set(group, declared);
  group.lifecycleHookSpecificationList = [...others, ...renderHooks(declared)];
}

const OUR_NAMES = [LAUNCH_HOOK_NAME, TERMINATION_HOOK_NAME];

function renderHooks(declared: readonly LifecycleHooks[]): HookSpecification[] {
  const inOrder = declared.toSorted((one, other) => one.launchOrder - other.launchOrder);
  const launch = renderHook(
    inOrder,
    inOrder.map(({ launchHeartbeatTimeout }) => launchHeartbeatTimeout),
    {
      lifecycleHookName: LAUNCH_HOOK_NAME,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      defaultResult: 'ABANDON', // an instance nobody deployed to must not take traffic
    },
  );
  const leaving = inOrder.filter(({ terminationHeartbeatTimeout }) => terminationHeartbeatTimeout !== undefined);
  if (leaving.length === 0) return [launch];
  const termination = renderHook(
    leaving,
    leaving.flatMap(({ terminationHeartbeatTimeout }) => terminationHeartbeatTimeout ?? []),
    {
      lifecycleHookName: TERMINATION_HOOK_NAME,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      defaultResult: 'CONTINUE', // ABANDON would cut short the hooks of others, and save nothing
    },
  );
  return [launch, termination];
}

/** @param heartbeatTimeouts the most patient of them counts: one lane beats for all */
function renderHook(
  sharing: readonly LifecycleHooks[],
  heartbeatTimeouts: readonly Duration[],
  hook: Pick<HookSpecification, 'lifecycleHookName' | 'lifecycleTransition' | 'defaultResult'>,
): HookSpecification {
  const heartbeatTimeoutSeconds = Math.max(...heartbeatTimeouts.map((timeout) => timeout.toSeconds()));
  const deploymentGroups = sharing.map(({ deploymentGroup }) => deploymentGroup);
  const [first] = sharing;
  return {
    ...hook,
    heartbeatTimeout: heartbeatTimeoutSeconds,
    ...(first && { notificationTargetArn: first.target.lifecycleQueueArn, roleArn: first.target.hookRoleArn }),
    notificationMetadata: encodeHookMetadata({ deploymentGroups, heartbeatTimeoutSeconds }),
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

function refuseSameDeploymentGroup(
  group: CfnAutoScalingGroup,
  declared: readonly LifecycleHooks[],
  { deploymentGroup }: LifecycleHooks,
): void {
  if (declared.some((other) => describeGroup(other.deploymentGroup) === describeGroup(deploymentGroup)))
    throw new Error(
      `The deployment group ${describeGroup(deploymentGroup)} is declared twice on ${group.node.path}. ` +
        'Give one of them another deploymentGroupName, or remove it.',
    );
}

function refuseOurNames(group: CfnAutoScalingGroup, existing: readonly HookSpecification[]): void {
  const taken = existing.find(({ lifecycleHookName }) => OUR_NAMES.includes(lifecycleHookName));
  if (taken)
    throw new Error(
      `${group.node.path} already has a lifecycle hook named ${taken.lifecycleHookName}, which is how Slipway calls its own. ` +
        'Rename that hook, or remove it.',
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
