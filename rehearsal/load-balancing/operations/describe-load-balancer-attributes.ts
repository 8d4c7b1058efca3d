import { z } from 'zod';
import { operation, pairs } from '../operation.ts';

/** @throws AwsError LoadBalancerNotFound */
export const describeLoadBalancerAttributes = operation(
  z.object({ LoadBalancerArn: z.string() }),
  ({ LoadBalancerArn }, { loadBalancers }) => ({ Attributes: pairs(loadBalancers.get(LoadBalancerArn).attributes) }),
);
