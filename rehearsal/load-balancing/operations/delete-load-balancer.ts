import { z } from 'zod';
import { operation } from '../operation.ts';

/** Deletes a load balancer with its listeners; one that is not there is no error. */
export const deleteLoadBalancer = operation(
  z.object({ LoadBalancerArn: z.string() }),
  async (input, { loadBalancers }) => {
    const found = loadBalancers.list().find(({ arn }) => arn === input.LoadBalancerArn);
    if (found) await loadBalancers.delete(found);
    return {};
  },
);
