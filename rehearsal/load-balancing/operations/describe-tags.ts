import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { operation, pairs } from '../operation.ts';

/** Tags of load balancers and target groups. @throws AwsError LoadBalancerNotFound, TargetGroupNotFound */
export const describeTags = operation(z.object({ ResourceArns: texts }), (input, { loadBalancers, targetGroups }) => ({
  TagDescriptions: input.ResourceArns.map((arn) => ({
    ResourceArn: arn,
    Tags: pairs((arn.includes(':targetgroup/') ? targetGroups.get(arn) : loadBalancers.get(arn)).tags),
  })),
}));
