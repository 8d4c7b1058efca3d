import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { operation } from '../operation.ts';
import { loadBalancerView } from '../view.ts';

const rules = z.object({
  Name: z.string().min(1).max(32),
  Type: z
    .literal('application', 'Member must be application: the rehearsal plays no other load balancers')
    .default('application'),
  Scheme: z.enum(['internet-facing', 'internal']).default('internet-facing'),
  Subnets: texts.default([]),
  SecurityGroups: texts.default([]),
});

/** Creates an Application Load Balancer. @throws AwsError DuplicateLoadBalancerName */
export const createLoadBalancer = operation(rules, async (input, { loadBalancers }) => ({
  LoadBalancers: [
    loadBalancerView(
      await loadBalancers.create({
        name: input.Name,
        scheme: input.Scheme,
        subnetIds: input.Subnets,
        securityGroupIds: input.SecurityGroups,
      }),
    ),
  ],
}));
