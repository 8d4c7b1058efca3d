import type { AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Stack } from 'aws-cdk-lib/core';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { encodeHookMetadata, LAUNCH_HOOK_NAME, TERMINATION_HOOK_NAME } from '../../core/names.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Engine } from '../engine/engine.ts';

type HookSpecification = CfnAutoScalingGroup.LifecycleHookSpecificationProperty;
type Target = Pick<Engine, 'lifecycleQueueArn' | 'hookRoleArn'>;

const ID = 'SlipwayHooks';
const LAUNCHING = 'autoscaling:EC2_INSTANCE_LAUNCHING';
const TERMINATING = 'autoscaling:EC2_INSTANCE_TERMINATING';

/** What one deployment group asks of its Auto Scaling group's hooks. */
export interface HookedDeploymentGroup {
  readonly name: DeploymentGroupName;
  readonly target: Target;
  readonly heartbeatTimeout: Duration;
  /** Absent where terminations are not deployed. */
  readonly terminationHeartbeatTimeout?: Duration;
}

/**
 * The lifecycle hooks of one Auto Scaling group: one per direction, however many deployment groups share them.
 * They stand in the group's own template (`LifecycleHookSpecificationList`), because a hook that is a resource of its
 * own is made after the group, and the first instances slip through.
 */
export class LifecycleHooks extends Construct {
  static of(autoScalingGroup: AutoScalingGroup, template: CfnAutoScalingGroup): LifecycleHooks {
    const existing = autoScalingGroup.node.tryFindChild(ID);
    return existing instanceof LifecycleHooks ? existing : new LifecycleHooks(autoScalingGroup, template);
  }

  readonly #template: CfnAutoScalingGroup;
  readonly #others: readonly HookSpecification[];
  readonly #members: HookedDeploymentGroup[] = [];

  private constructor(autoScalingGroup: AutoScalingGroup, template: CfnAutoScalingGroup) {
    super(autoScalingGroup, ID);
    this.#template = template;
    this.#others = readableSpecifications(template);
  }

  /** @throws Error when the group's hooks cannot serve this deployment group as well */
  add(member: HookedDeploymentGroup): void {
    this.#refuseOtherTargets(member.target);
    this.#refuseOtherTimeouts(member);
    this.#members.push(member);
    this.#template.lifecycleHookSpecificationList = [...this.#others, ...renderHooks(this.#members)];
  }

  /** Auto Scaling takes one target and one role for all hooks that a group is created with. */
  #refuseOtherTargets({ lifecycleQueueArn, hookRoleArn }: Target): void {
    const hooks = [...this.#others, ...renderHooks(this.#members)];
    const other = hooks.find(
      ({ notificationTargetArn, roleArn }) =>
        (notificationTargetArn !== undefined && !this.#same(notificationTargetArn, lifecycleQueueArn)) ||
        (roleArn !== undefined && !this.#same(roleArn, hookRoleArn)),
    );
    if (other)
      throw new Error(
        `The lifecycle hook ${other.lifecycleHookName} of ${this.node.scope?.node.path} has another notification target ` +
          'or role than Slipway, and Auto Scaling takes only one for all hooks in a group’s template. ' +
          'Declare that hook with autoScalingGroup.addLifecycleHook() instead.',
      );
  }

  /** The hook is shared, and so is its timeout. */
  #refuseOtherTimeouts(member: HookedDeploymentGroup): void {
    for (const timeout of ['heartbeatTimeout', 'terminationHeartbeatTimeout'] as const) {
      const mine = member[timeout]?.toSeconds();
      const theirs = this.#members.find((other) => other[timeout])?.[timeout]?.toSeconds();
      if (mine !== undefined && theirs !== undefined && mine !== theirs)
        throw new Error(
          `Deployment groups that share ${this.node.scope?.node.path} also share its hooks: ` +
            `give them the same ${timeout}, not ${theirs} s and ${mine} s.`,
        );
    }
  }

  #same(one: string, another: string): boolean {
    const { resolve } = Stack.of(this);
    return JSON.stringify(resolve(one)) === JSON.stringify(resolve(another));
  }
}

/** The two hooks that these deployment groups share. */
function renderHooks(members: readonly HookedDeploymentGroup[]): HookSpecification[] {
  const [first] = members;
  if (!first) return [];
  const launch = renderHook(members, first.heartbeatTimeout, {
    lifecycleHookName: LAUNCH_HOOK_NAME,
    lifecycleTransition: LAUNCHING,
    defaultResult: 'ABANDON', // an instance nobody deployed to must not take traffic
  });
  const leaving = members.filter(({ terminationHeartbeatTimeout }) => terminationHeartbeatTimeout);
  const timeout = leaving[0]?.terminationHeartbeatTimeout;
  if (!timeout) return [launch];
  const termination = renderHook(leaving, timeout, {
    lifecycleHookName: TERMINATION_HOOK_NAME,
    lifecycleTransition: TERMINATING,
    defaultResult: 'CONTINUE', // ABANDON would cut short the hooks of others, and save nothing
  });
  return [launch, termination];
}

function renderHook(
  members: readonly HookedDeploymentGroup[],
  heartbeatTimeout: Duration,
  hook: Pick<HookSpecification, 'lifecycleHookName' | 'lifecycleTransition' | 'defaultResult'>,
): HookSpecification {
  const heartbeatTimeoutSeconds = heartbeatTimeout.toSeconds();
  return {
    ...hook,
    heartbeatTimeout: heartbeatTimeoutSeconds,
    notificationMetadata: encodeHookMetadata({
      deploymentGroups: members.map(({ name }) => name),
      heartbeatTimeoutSeconds,
    }),
    ...(members[0] && {
      notificationTargetArn: members[0].target.lifecycleQueueArn,
      roleArn: members[0].target.hookRoleArn,
    }),
  };
}

/** Hooks that somebody else has put into the template; Slipway's are appended. */
function readableSpecifications(template: CfnAutoScalingGroup): HookSpecification[] {
  const existing = template.lifecycleHookSpecificationList ?? [];
  if (Array.isArray(existing) && existing.every((hook) => 'lifecycleHookName' in hook)) return existing;
  throw new Error(
    `The lifecycleHookSpecificationList of ${template.node.path} is a token, to which no hook can be appended. ` +
      'Give it as plain values.',
  );
}
