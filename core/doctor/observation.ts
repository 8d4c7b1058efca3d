import type { DeploymentGroup } from '../deployment-group.ts';
import type { HookDirection, HookTarget } from '../lifecycle-hook.ts';
import type { DeploymentGroupName } from '../names.ts';

/** A lifecycle hook as Auto Scaling describes it. */
export interface ObservedHook {
  readonly lifecycleHookName: string;
  readonly direction: HookDirection;
  readonly defaultResult?: string;
  readonly heartbeatTimeoutSeconds?: number;
  readonly notificationTargetArn?: string;
  readonly roleArn?: string;
  readonly notificationMetadata?: string;
}

export interface ObservedInstance {
  readonly instanceId: string;
  /** `InService`, `Pending:Wait`, … */
  readonly lifecycleState: string;
}

export interface ObservedAutoScalingGroup {
  readonly autoScalingGroupName: string;
  readonly hooks: readonly ObservedHook[];
  readonly instances: readonly ObservedInstance[];
}

/** What is on record of a host. */
export interface ObservedHost {
  /** The deployment groups that have ever deployed to it with success, as `describeGroup` has them. */
  readonly deployedBy: readonly string[];
  /** Whether it has work now. */
  readonly isBusy: boolean;
}

/** A deployment group of the API on record as one that shares hooks, with those that it shares. */
export interface ObservedSharer extends DeploymentGroupName {
  readonly directions: readonly HookDirection[];
}

/** Whether a message of Auto Scaling reaches the engine by a hook of ours. */
export type Delivery =
  | { readonly kind: 'works' }
  /** There is no hook to try it with. */
  | { readonly kind: 'untried' }
  | { readonly kind: 'refused'; readonly message: string };

/** What was read of an account and Region. */
export interface Observation {
  readonly hookTarget: HookTarget;
  readonly delivery: Delivery;
  readonly autoScalingGroups: readonly ObservedAutoScalingGroup[];
  /** All deployment groups, those of templates and those that were made through the API. */
  readonly deploymentGroups: readonly DeploymentGroup[];
  /**
   * Names of Auto Scaling groups by deployment groups (`describeGroup`) that no launch hook names: that of the last launch
   * which the group deployed to.
   */
  readonly lastLaunches: ReadonlyMap<string, string>;
  /** Who is on record as sharing its hooks, by the name of the Auto Scaling group; in the order of a launch. */
  readonly sharing: ReadonlyMap<string, readonly ObservedSharer[]>;
  /** By instance id; instances of which nothing is on record are missing. */
  readonly hosts: ReadonlyMap<string, ObservedHost>;
}
