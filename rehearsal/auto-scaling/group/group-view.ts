import { zoneId } from '../../ec2/availability-zones.ts';
import { isInWarmPool } from '../lifecycle/lifecycle-state.ts';
import type { Member } from '../lifecycle/member.ts';
import type { AutoScalingGroup, GroupTag, WarmPool } from './auto-scaling-group.ts';
import { warmMembers } from './auto-scaling-group.ts';

/** A group as DescribeAutoScalingGroups shows it, with everything that is always present. */
export function groupView(group: AutoScalingGroup, accountId: string, includeInstances: boolean) {
  const { settings, sizes, targetGroupArns } = group;
  const inGroup = [...group.members.values()].filter(({ lifecycleState }) => !isInWarmPool(lifecycleState));
  const zones = [...new Set(settings.places.map(({ availabilityZone }) => availabilityZone))];
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    LaunchTemplate: templateView(settings.launchTemplate),
    MinSize: sizes.min,
    MaxSize: sizes.max,
    DesiredCapacity: sizes.desired,
    DefaultCooldown: settings.defaultCooldownSeconds,
    AvailabilityZones: zones,
    AvailabilityZoneIds: zones.map(zoneId),
    LoadBalancerNames: [],
    TargetGroupARNs: [...targetGroupArns],
    HealthCheckType: settings.healthCheckType,
    HealthCheckGracePeriod: settings.healthCheckGracePeriodSeconds,
    Instances: includeInstances ? inGroup.map((member) => memberView(member)) : [],
    CreatedTime: new Date(group.createdAtMs),
    SuspendedProcesses: [...group.suspended].map(([ProcessName, SuspensionReason]) => ({
      ProcessName,
      SuspensionReason,
    })),
    VPCZoneIdentifier: settings.places.flatMap(({ subnetId }) => subnetId ?? []).join(','),
    EnabledMetrics: [...group.enabledMetrics].map((Metric) => ({ Metric, Granularity: '1Minute' })),
    ...(group.deleting && { Status: 'Delete in progress' }),
    Tags: tagViews(group),
    TerminationPolicies: settings.terminationPolicies,
    NewInstancesProtectedFromScaleIn: settings.newInstancesProtectedFromScaleIn,
    ServiceLinkedRoleARN: `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    CapacityRebalance: settings.capacityRebalance,
    DefaultInstanceWarmup: settings.defaultInstanceWarmupSeconds,
    MaxInstanceLifetime: settings.maxInstanceLifetimeSeconds,
    TrafficSources: [...targetGroupArns].map((Identifier) => ({ Identifier, Type: 'elbv2' })),
    AvailabilityZoneDistribution: { CapacityDistributionStrategy: 'balanced-best-effort' },
    CapacityReservationSpecification: { CapacityReservationPreference: 'default' },
    ...(group.warmPool && {
      WarmPoolConfiguration: warmPoolView(group.warmPool),
      WarmPoolSize: warmMembers(group).length,
    }),
    InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: 'terminate' } },
  };
}

/** What a warm pool was told. */
export const warmPoolView = ({ maxGroupPreparedCapacity, minSize, poolState, reuseOnScaleIn, deleting }: WarmPool) => ({
  MaxGroupPreparedCapacity: maxGroupPreparedCapacity,
  MinSize: minSize,
  PoolState: poolState,
  ...(deleting && { Status: 'PendingDelete' }),
  ...(reuseOnScaleIn && { InstanceReusePolicy: { ReuseOnScaleIn: true } }),
});

/** A member in its group; the same in DescribeAutoScalingInstances spells health in capitals. */
export const memberView = (member: Member) => ({
  InstanceId: member.instanceId,
  InstanceType: member.instanceType,
  AvailabilityZone: member.availabilityZone,
  AvailabilityZoneId: zoneId(member.availabilityZone),
  LifecycleState: member.lifecycleState,
  HealthStatus: member.healthStatus as string,
  LaunchTemplate: templateView(member.launchTemplate),
  ImageId: member.imageId,
  ProtectedFromScaleIn: member.protectedFromScaleIn,
});

const templateView = ({ id, name, version }: { id: string; name: string; version: string | number }) => ({
  LaunchTemplateId: id,
  LaunchTemplateName: name,
  Version: String(version),
});

/** Sorted by key, as AWS shows them. */
export const tagViews = ({ name, tags }: Pick<AutoScalingGroup, 'name' | 'tags'>) =>
  [...tags.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map((tag) => tagView(name, tag));

const tagView = (groupName: string, { key, value, propagateAtLaunch }: GroupTag) => ({
  ResourceId: groupName,
  ResourceType: 'auto-scaling-group',
  Key: key,
  Value: value,
  PropagateAtLaunch: propagateAtLaunch,
});
