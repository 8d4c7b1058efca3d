import { attachInstances } from './attach-instances.ts';
import { attachLoadBalancerTargetGroups } from './attach-load-balancer-target-groups.ts';
import { completeLifecycleAction } from './complete-lifecycle-action.ts';
import { createAutoScalingGroup } from './create-auto-scaling-group.ts';
import { createOrUpdateTags } from './create-or-update-tags.ts';
import { deleteAutoScalingGroup } from './delete-auto-scaling-group.ts';
import { deleteLifecycleHook } from './delete-lifecycle-hook.ts';
import { deleteTags } from './delete-tags.ts';
import { describeAccountLimits } from './describe-account-limits.ts';
import { describeAutoScalingGroups } from './describe-auto-scaling-groups.ts';
import { describeAutoScalingInstances } from './describe-auto-scaling-instances.ts';
import { describeLifecycleHookTypes } from './describe-lifecycle-hook-types.ts';
import { describeLifecycleHooks } from './describe-lifecycle-hooks.ts';
import { describeLoadBalancerTargetGroups } from './describe-load-balancer-target-groups.ts';
import { describeScalingActivities } from './describe-scaling-activities.ts';
import { describeScalingProcessTypes } from './describe-scaling-process-types.ts';
import { describeTags } from './describe-tags.ts';
import { detachInstances } from './detach-instances.ts';
import { detachLoadBalancerTargetGroups } from './detach-load-balancer-target-groups.ts';
import { enableMetricsCollection } from './enable-metrics-collection.ts';
import { enterStandby } from './enter-standby.ts';
import { exitStandby } from './exit-standby.ts';
import { deleteWarmPool } from './delete-warm-pool.ts';
import { describeWarmPool } from './describe-warm-pool.ts';
import { putLifecycleHook } from './put-lifecycle-hook.ts';
import { putWarmPool } from './put-warm-pool.ts';
import { recordLifecycleActionHeartbeat } from './record-lifecycle-action-heartbeat.ts';
import { resumeProcesses } from './resume-processes.ts';
import { setDesiredCapacity } from './set-desired-capacity.ts';
import { setInstanceHealth } from './set-instance-health.ts';
import { setInstanceProtection } from './set-instance-protection.ts';
import { suspendProcesses } from './suspend-processes.ts';
import { terminateInstanceInAutoScalingGroup } from './terminate-instance-in-auto-scaling-group.ts';
import { updateAutoScalingGroup } from './update-auto-scaling-group.ts';
import { unplayed } from './unplayed.ts';
import type { AutoScalingOperation } from '../operation.ts';

/** By name, as the Auto Scaling API Reference spells it; any other is `InvalidAction`. */
export const operations: Readonly<Record<string, AutoScalingOperation>> = {
  AttachInstances: attachInstances,
  AttachLoadBalancerTargetGroups: attachLoadBalancerTargetGroups,
  CompleteLifecycleAction: completeLifecycleAction,
  CreateAutoScalingGroup: createAutoScalingGroup,
  CreateOrUpdateTags: createOrUpdateTags,
  DeleteAutoScalingGroup: deleteAutoScalingGroup,
  DeleteLifecycleHook: deleteLifecycleHook,
  DeleteTags: deleteTags,
  DescribeAccountLimits: describeAccountLimits,
  DescribeAutoScalingGroups: describeAutoScalingGroups,
  DescribeAutoScalingInstances: describeAutoScalingInstances,
  DescribeLifecycleHookTypes: describeLifecycleHookTypes,
  DescribeLifecycleHooks: describeLifecycleHooks,
  DescribeLoadBalancerTargetGroups: describeLoadBalancerTargetGroups,
  DescribeScalingActivities: describeScalingActivities,
  DescribeScalingProcessTypes: describeScalingProcessTypes,
  DescribeTags: describeTags,
  DetachInstances: detachInstances,
  DetachLoadBalancerTargetGroups: detachLoadBalancerTargetGroups,
  EnableMetricsCollection: enableMetricsCollection,
  EnterStandby: enterStandby,
  ExitStandby: exitStandby,
  PutLifecycleHook: putLifecycleHook,
  RecordLifecycleActionHeartbeat: recordLifecycleActionHeartbeat,
  ResumeProcesses: resumeProcesses,
  SetDesiredCapacity: setDesiredCapacity,
  SetInstanceHealth: setInstanceHealth,
  SetInstanceProtection: setInstanceProtection,
  SuspendProcesses: suspendProcesses,
  TerminateInstanceInAutoScalingGroup: terminateInstanceInAutoScalingGroup,
  UpdateAutoScalingGroup: updateAutoScalingGroup,
  DeleteWarmPool: deleteWarmPool,
  DescribeWarmPool: describeWarmPool,
  PutWarmPool: putWarmPool,
  ...unplayed,
};
