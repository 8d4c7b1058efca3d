import { z } from 'zod';
import { operation } from '../operation.ts';

/** Deletes a load balancer with its listeners; one that is not there is no error. */
export const deleteLoadBalancer = operation(
  z.object({ LoadBalancerArn: z.string() }),
  async (input, { loadBalancers }) => {
    const found = loadBalancers.find(input.LoadBalancerArn);
    if (found) await loadBalancers.delete(found);
    return {};
  },
);
