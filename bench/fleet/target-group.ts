import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Rehearsal } from '../../rehearsal/index.ts';

/** What a target group takes its time for. */
export interface TargetGroupTimes {
  readonly deregistrationDelaySeconds: number;
  readonly checkIntervalSeconds: number;
  readonly healthyThreshold: number;
}

/** What a target group has that says nothing of them. */
export const AWS_DEFAULTS: TargetGroupTimes = {
  deregistrationDelaySeconds: 300,
  checkIntervalSeconds: 30,
  healthyThreshold: 5,
};

/** In a rehearsal, what a drain and the first check of a host that is well take by these settings. */
export function ownSeconds({ deregistrationDelaySeconds }: TargetGroupTimes): number {
  return deregistrationDelaySeconds + FIRST_CHECK_SECONDS;
}

/** From registration to the first health check. */
const FIRST_CHECK_SECONDS = 1;

/** Gives the example's target group other times. @returns its name */
export async function setTimes({ endpoint, region }: Rehearsal, times: TargetGroupTimes): Promise<string> {
  const credentials = { accessKeyId: 'benchmark', secretAccessKey: 'benchmark' };
  const loadBalancing = new ElasticLoadBalancingV2Client({ endpoint, region, credentials });
  const { TargetGroups: [targetGroup] = [] } = await loadBalancing.send(new DescribeTargetGroupsCommand({}));
  const { TargetGroupArn, TargetGroupName = '' } = targetGroup ?? {};
  await loadBalancing.send(
    new ModifyTargetGroupCommand({
      TargetGroupArn,
      HealthCheckIntervalSeconds: times.checkIntervalSeconds,
      HealthyThresholdCount: times.healthyThreshold,
    }),
  );
  const delay = {
    Key: 'deregistration_delay.timeout_seconds',
    Value: String(times.deregistrationDelaySeconds),
  };
  await loadBalancing.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [delay] }));
  return TargetGroupName;
}
