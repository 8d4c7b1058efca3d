import type { HookDirection } from '../lifecycle-hook.ts';
import type { DeploymentGroupName } from '../names.ts';

/** Everything that doctor looks for. */
export type FindingName =
  | 'HookMissing'
  | 'HookOrphaned'
  | 'HookDuplicated'
  | 'HookEdited'
  | 'HeartbeatTimeoutTooShort'
  | 'DeliveryRefused'
  | 'ServedByCodeDeploy'
  | 'InstanceNeverDeployedTo'
  | 'LaunchesHeld'
  | 'AutoScalingGroupGone'
  | 'HooksOutOfStep';

/** A deployment group, and hooks that it shares. */
type Sharer = DeploymentGroupName & { readonly directions: readonly HookDirection[] };

/** What brings a hook of ours in order. Each may be repeated. */
export type Mend =
  /** Puts the record of who shares hooks right, and writes the hooks as it then has them; with nobody left, the record alone. */
  | {
      readonly kind: 'share';
      readonly autoScalingGroupName: string;
      readonly sharers: readonly Sharer[];
      /** Places on record that nobody wants. */
      readonly unwanted: readonly Sharer[];
    }
  /** Writes one hook as the template that declares it does. */
  | {
      readonly kind: 'put';
      readonly autoScalingGroupName: string;
      readonly direction: HookDirection;
      readonly deploymentGroups: readonly DeploymentGroupName[];
      readonly heartbeatTimeoutSeconds: number;
    }
  | { readonly kind: 'remove'; readonly autoScalingGroupName: string; readonly lifecycleHookName: string };

/** Something that is not as it should be. */
export interface Finding {
  readonly name: FindingName;
  readonly autoScalingGroupName?: string;
  readonly lifecycleHookName?: string;
  readonly instanceId?: string;
  readonly deploymentGroup?: DeploymentGroupName;
  /** What is wrong, and what comes of it: a sentence. */
  readonly problem: string;
  /** What helps: a sentence. */
  readonly remedy: string;
  /** How the engine can help by itself; missing where it cannot. */
  readonly mend?: Mend;
}
