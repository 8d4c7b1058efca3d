import {
  type AutoScalingClient,
  type AutoScalingGroup,
  AutoScalingServiceException,
  DeleteLifecycleHookCommand,
  type LifecycleHook,
  paginateDescribeAutoScalingGroups,
  DescribeLifecycleHooksCommand,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling';

import type { Delivery, ObservedAutoScalingGroup, ObservedHook } from '../../core/doctor/observation.ts';
import type { HookDirection } from '../../core/lifecycle-hook.ts';

/** All Auto Scaling groups of the Region with all their hooks, whoever made them. */
export interface GroupSurvey {
  groups(): Promise<readonly ObservedAutoScalingGroup[]>;
  /**
   * Lets Auto Scaling try whether it reaches a hook's target by its role: it sends a test message whenever a hook is
   * written, and this writes the hook just as it is.
   */
  tryDelivery(autoScalingGroupName: string, hook: ObservedHook): Promise<Delivery>;
  /** Removes a hook of any name. One that is not there is removed already. */
  removeHook(autoScalingGroupName: string, lifecycleHookName: string): Promise<void>;
}

/** There are more Auto Scaling groups than could be read in time. */
export class SurveyTooLong extends Error {
  override readonly name = 'SurveyTooLong';
  /** Auto Scaling groups that were read until then. */
  readonly read: number;

  constructor(read: number) {
    super(`Only ${read} Auto Scaling groups could be read in time`);
    this.read = read;
  }
}

export class AwsGroupSurvey implements GroupSurvey {
  readonly #client: AutoScalingClient;
  readonly #timeLimitMs: number;

  /** @param timeLimitMs much less than whoever asks may take. @default none */
  constructor(client: AutoScalingClient, timeLimitMs = Infinity) {
    this.#client = client;
    this.#timeLimitMs = timeLimitMs;
  }

  /** @throws SurveyTooLong */
  async groups(): Promise<readonly ObservedAutoScalingGroup[]> {
    const begunAt = performance.now();
    const groups: ObservedAutoScalingGroup[] = [];
    for await (const page of paginateDescribeAutoScalingGroups({ client: this.#client, pageSize: 100 }, {})) {
      // One after the other: Auto Scaling lets an account ask for little at once.
      for (const group of page.AutoScalingGroups ?? []) {
        if (performance.now() - begunAt > this.#timeLimitMs) throw new SurveyTooLong(groups.length);
        groups.push(await this.#withHooks(group));
      }
    }
    return groups;
  }

  async tryDelivery(autoScalingGroupName: string, hook: ObservedHook): Promise<Delivery> {
    try {
      await this.#client.send(
        new PutLifecycleHookCommand({
          AutoScalingGroupName: autoScalingGroupName,
          LifecycleHookName: hook.lifecycleHookName,
          LifecycleTransition: TRANSITIONS[hook.direction],
          DefaultResult: hook.defaultResult,
          HeartbeatTimeout: hook.heartbeatTimeoutSeconds,
          NotificationTargetARN: hook.notificationTargetArn,
          RoleARN: hook.roleArn,
          NotificationMetadata: hook.notificationMetadata,
        }),
      );
      return { kind: 'works' };
    } catch (error) {
      const isRefused = error instanceof AutoScalingServiceException && /test message/i.test(error.message);
      if (isRefused) return { kind: 'refused', message: error.message };
      throw error;
    }
  }

  async removeHook(autoScalingGroupName: string, lifecycleHookName: string): Promise<void> {
    try {
      await this.#client.send(
        new DeleteLifecycleHookCommand({
          AutoScalingGroupName: autoScalingGroupName,
          LifecycleHookName: lifecycleHookName,
        }),
      );
    } catch (error) {
      const isGone = error instanceof AutoScalingServiceException && /not found|No Lifecycle Hook/i.test(error.message);
      if (!isGone) throw error;
    }
  }

  async #withHooks({ AutoScalingGroupName = '', Instances = [] }: AutoScalingGroup): Promise<ObservedAutoScalingGroup> {
    const { LifecycleHooks = [] } = await this.#client.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName }),
    );
    return {
      autoScalingGroupName: AutoScalingGroupName,
      hooks: LifecycleHooks.map(hookIn),
      instances: Instances.map(({ InstanceId = '', LifecycleState = '' }) => ({
        instanceId: InstanceId,
        lifecycleState: LifecycleState,
      })),
    };
  }
}

const TRANSITIONS: Readonly<Record<HookDirection, string>> = {
  launch: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  termination: 'autoscaling:EC2_INSTANCE_TERMINATING',
};

function hookIn(hook: LifecycleHook): ObservedHook {
  const { DefaultResult, HeartbeatTimeout, NotificationTargetARN, RoleARN, NotificationMetadata } = hook;
  return {
    lifecycleHookName: hook.LifecycleHookName ?? '',
    direction: hook.LifecycleTransition === TRANSITIONS.termination ? 'termination' : 'launch',
    ...(DefaultResult !== undefined && { defaultResult: DefaultResult }),
    ...(HeartbeatTimeout !== undefined && { heartbeatTimeoutSeconds: HeartbeatTimeout }),
    ...(NotificationTargetARN !== undefined && { notificationTargetArn: NotificationTargetARN }),
    ...(RoleARN !== undefined && { roleArn: RoleARN }),
    ...(NotificationMetadata !== undefined && { notificationMetadata: NotificationMetadata }),
  };
}
