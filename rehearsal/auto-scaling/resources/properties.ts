import type { PropertyTable } from '../../cloudformation/property-table.ts';

/** What becomes of the properties of Auto Scaling's resource types. */
export const autoScalingProperties = {
  'AWS::AutoScaling::AutoScalingGroup': {
    honoured: [
      'AutoScalingGroupName',
      'AvailabilityZones',
      'CapacityRebalance',
      'DesiredCapacity',
      'HealthCheckGracePeriod',
      'HealthCheckType',
      'LaunchTemplate',
      'LifecycleHookSpecificationList',
      'MaxSize',
      'MetricsCollection',
      'MinSize',
      'NewInstancesProtectedFromScaleIn',
      'Tags',
      'TargetGroupARNs',
      'TerminationPolicies',
      'VPCZoneIdentifier',
    ],
    withoutEffect: {
      'told by Describe calls; no scaling policy is played that would wait': ['Cooldown', 'DefaultInstanceWarmup'],
      'told by Describe calls; instances do not grow old here': ['MaxInstanceLifetime'],
    },
  },
  'AWS::AutoScaling::LifecycleHook': {
    honoured: [
      'AutoScalingGroupName',
      'DefaultResult',
      'HeartbeatTimeout',
      'LifecycleHookName',
      'LifecycleTransition',
      'NotificationMetadata',
      'NotificationTargetARN',
      'RoleARN',
    ],
  },
  'AWS::AutoScaling::ScalingPolicy': {
    honoured: ['AutoScalingGroupName'],
    withoutEffect: {
      'no metric of a rehearsal drives a policy: set the desired capacity': [
        'AdjustmentType',
        'Cooldown',
        'EstimatedInstanceWarmup',
        'MetricAggregationType',
        'MinAdjustmentMagnitude',
        'PolicyType',
        'ScalingAdjustment',
        'StepAdjustments',
        'TargetTrackingConfiguration',
      ],
    },
  },
  'AWS::AutoScaling::WarmPool': {
    honoured: ['AutoScalingGroupName', 'InstanceReusePolicy', 'MaxGroupPreparedCapacity', 'MinSize', 'PoolState'],
  },
} satisfies Record<string, PropertyTable>;
