import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { ITargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Tags } from 'aws-cdk-lib/core';
import { STANDBY_TAG } from '../../core/traffic/standby.ts';

/** How hosts of a deployment group are taken out of their traffic while a deployment in place works on them. */
export interface TrafficControl {
  /**
   * Target groups of instances, ten at most, whether Auto Scaling registers the hosts there or somebody else does. A
   * host is deregistered before the deployment touches it, and registered again as it was when its new revision has
   * passed ValidateService; the deployment goes on when the load balancer finds it healthy.
   */
  readonly targetGroups: readonly ITargetGroup[];
  /**
   * Whether a host is in Standby meanwhile, so that the desired capacity is without it and Auto Scaling does not check its
   * health. The Auto Scaling group gets the tag `slipway:standby`, and needs no room below its minimum: that is lowered,
   * and raised again.
   * @default false hosts stay in service, without traffic
   */
  readonly standby?: boolean;
}

/** @throws Error that says what to change */
export function checkTrafficControl({ targetGroups }: TrafficControl): void {
  if (targetGroups.length === 0)
    throw new Error('trafficControl names no target group: name one, or leave trafficControl out.');
  if (targetGroups.length > 10)
    throw new Error(`trafficControl takes 10 target groups at most, not ${targetGroups.length}.`);
}

/** Asks for Standby where it is wanted, on the group itself: see `STANDBY_TAG`. */
export function tagForStandby({ standby = false }: TrafficControl, autoScalingGroup: AutoScalingGroup): void {
  // An instance that is launched gets its group's tags as well, where this one would say nothing.
  if (standby) Tags.of(autoScalingGroup).add(STANDBY_TAG, 'true', { applyToLaunchedInstances: false });
}

/** As the registration reads it. */
export function renderTrafficControl({ targetGroups }: TrafficControl): object {
  return { TargetGroupNames: targetGroups.map(({ targetGroupName }) => targetGroupName) };
}
