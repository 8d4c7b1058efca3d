import type { ITargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** How hosts of a deployment group are taken out of their traffic while a deployment in place works on them. */
export interface TrafficControl {
  /**
   * Target groups of instances, ten at most, whether Auto Scaling registers the hosts there or somebody else does. A
   * host is deregistered before the deployment touches it, and registered again as it was when its new revision has
   * passed ValidateService; the deployment goes on when the load balancer finds it healthy.
   */
  readonly targetGroups: readonly ITargetGroup[];
}

/** @throws Error that says what to change */
export function checkTrafficControl({ targetGroups }: TrafficControl): void {
  if (targetGroups.length === 0)
    throw new Error('trafficControl names no target group: name one, or leave trafficControl out.');
  if (targetGroups.length > 10)
    throw new Error(`trafficControl takes 10 target groups at most, not ${targetGroups.length}.`);
}

/** As the registration reads it. */
export function renderTrafficControl({ targetGroups }: TrafficControl): object {
  return { TargetGroupNames: targetGroups.map(({ targetGroupName }) => targetGroupName) };
}
