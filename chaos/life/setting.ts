import {
  LAUNCH_HOOK_NAME,
  type DeploymentGroupName,
  encodeHookMetadata,
  TERMINATION_HOOK_NAME,
} from '../../core/names.ts';
import type { SuspendableProcess } from '../../core/fleet/suspended-processes.ts';
import type { Revision } from '../../core/revision.ts';
import { ACCOUNT_ID, REGION } from '../cloud/ground.ts';
import { BAD } from '../hosts/disk.ts';
import type { Lots } from '../lots.ts';

/** A target group that the deployments of a life move traffic of. */
export interface TargetGroupSetting {
  readonly name: string;
  /** Whether Auto Scaling registers what it launches. Else deployments in place alone do. */
  readonly isAttached: boolean;
  readonly drainSeconds: number;
}

/** As PutWarmPool takes it. */
export interface WarmPoolSetting {
  readonly PoolState: 'Stopped' | 'Running';
  readonly MinSize: number;
  readonly MaxGroupPreparedCapacity?: number;
  readonly InstanceReusePolicy: { readonly ReuseOnScaleIn: boolean };
}

/** What a life begins with. */
export interface Setting {
  readonly autoScalingGroupName: string;
  readonly minSize: number;
  readonly desired: number;
  readonly maxSize: number;
  readonly deploymentGroups: readonly DeploymentGroupName[];
  readonly deploysTerminations: boolean;
  /** What a host gets that is born during a deployment to the fleet. */
  readonly launchRevision: 'last-successful' | 'in-flight';
  readonly launchFailureLimit: number;
  /** None where nobody moves traffic. */
  readonly targetGroups: readonly TargetGroupSetting[];
  readonly healthCheckType: 'EC2' | 'ELB';
  /** Whether hosts stand by while they are deployed to. */
  readonly standsBy: boolean;
  readonly warmPool?: WarmPoolSetting;
  /** Processes that a person suspended before, and never resumes. */
  readonly suspended: readonly string[];
  /** Processes that deployments keep suspended while they run. */
  readonly heldStill: readonly SuspendableProcess[];
}

export function settingFrom(lots: Lots): Setting {
  const desired = lots.between(1, 5);
  const names = ['web-fleet', 'metrics', 'logs'].slice(0, lots.pick([1, 1, 1, 2, 3]));
  const maxSize = desired + lots.between(0, 4);
  const targetGroups = targetGroupsFrom(lots);
  const warmPool = warmPoolFrom(lots);
  return {
    autoScalingGroupName: 'web-blue',
    minSize: lots.between(0, desired),
    desired,
    maxSize,
    deploymentGroups: names.map((deploymentGroupName) => ({ applicationName: 'web', deploymentGroupName })),
    deploysTerminations: lots.chance(0.8),
    launchRevision: lots.pick(['last-successful', 'in-flight']),
    launchFailureLimit: lots.between(2, 4),
    targetGroups,
    healthCheckType: targetGroups.length > 0 && lots.chance(0.3) ? 'ELB' : 'EC2',
    standsBy: targetGroups.length > 0 && lots.chance(0.5),
    ...(warmPool && { warmPool }),
    suspended: SUSPENDED_BY_PEOPLE.filter(() => lots.chance(0.1)),
    heldStill: HELD_STILL.filter(() => lots.chance(0.25)),
  };
}

/** Without these a group still comes to the size that people want. */
const SUSPENDED_BY_PEOPLE = ['AZRebalance', 'AlarmNotification', 'AddToLoadBalancer'];
const HELD_STILL = ['AZRebalance', 'AlarmNotification', 'ReplaceUnhealthy', 'HealthCheck'] as const;

function targetGroupsFrom(lots: Lots): readonly TargetGroupSetting[] {
  const names = ['web', 'admin'].slice(0, lots.pick([0, 0, 1, 1, 2]));
  return names.map((name) => ({ name, isAttached: lots.chance(0.8), drainSeconds: lots.pick([0, 30, 300]) }));
}

function warmPoolFrom(lots: Lots): WarmPoolSetting | undefined {
  if (!lots.chance(0.3)) return undefined;
  return {
    PoolState: lots.pick(['Stopped', 'Stopped', 'Running']),
    MinSize: lots.between(0, 2),
    ...(lots.chance(0.5) && { MaxGroupPreparedCapacity: lots.between(0, 6) }),
    InstanceReusePolicy: { ReuseOnScaleIn: lots.chance(0.5) },
  };
}

const HEARTBEAT_TIMEOUT_SECONDS = 900;
const QUEUE_ARN = `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:lifecycle`;
const ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/hooks`;

export function revisionNumber(number: number, { isBad = false } = {}): Revision {
  const Key = `web-${number}${isBad ? BAD : ''}.zip`;
  return { RevisionType: 'S3', S3Location: { Bucket: 'revisions', Key, BundleType: 'zip' } };
}

/** The hooks as the engine's construct writes them. */
export function hooksOf({ deploymentGroups }: Setting) {
  const shared = {
    NotificationTargetARN: QUEUE_ARN,
    RoleARN: ROLE_ARN,
    HeartbeatTimeout: HEARTBEAT_TIMEOUT_SECONDS,
    NotificationMetadata: encodeHookMetadata({
      deploymentGroups,
      heartbeatTimeoutSeconds: HEARTBEAT_TIMEOUT_SECONDS,
    }),
  };
  return [
    {
      ...shared,
      LifecycleHookName: LAUNCH_HOOK_NAME,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      DefaultResult: 'ABANDON',
    },
    {
      ...shared,
      LifecycleHookName: TERMINATION_HOOK_NAME,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      DefaultResult: 'CONTINUE',
    },
  ];
}
