import { z } from 'zod';
import type { Properties, ProvisionedResource, ResourceType } from '../../cloudformation/resource-type.ts';
import { readInput } from '../../ec2/input.ts';
import { resourceTags } from '../../ec2/resources/resource-tags.ts';
import type { LoadBalancer } from '../load-balancer.ts';
import { resourceOf } from '../load-balancer.ts';
import type { LoadBalancers } from '../load-balancers.ts';
import { dnsName } from '../view.ts';

const rules = z.object({
  Type: z.literal('application', 'the rehearsal plays application load balancers alone').default('application'),
  Scheme: z.string().default('internet-facing'),
  Subnets: z.array(z.string()).default([]),
  SecurityGroups: z.array(z.string()).default([]),
  LoadBalancerAttributes: z.array(z.object({ Key: z.string(), Value: z.coerce.string() })).default([]),
});

/** `AWS::ElasticLoadBalancingV2::LoadBalancer`: `http://<DNSName>` works, on the port that its first listener got. */
export function loadBalancerResource(loadBalancers: LoadBalancers): ResourceType {
  return {
    create: async (properties, { generateName }) => {
      const input = readInput(rules, properties, 'ValidationError');
      const loadBalancer = await loadBalancers.create({
        name: String(properties['Name'] ?? generateName(32)),
        scheme: input.Scheme,
        subnetIds: input.Subnets,
        securityGroupIds: input.SecurityGroups,
      });
      describe(loadBalancer, properties);
      return provisioned(loadBalancer);
    },
    update: (physicalId, properties) => {
      const loadBalancer = loadBalancers.get(physicalId);
      describe(loadBalancer, properties);
      return Promise.resolve(provisioned(loadBalancer));
    },
    delete: async (physicalId) => {
      const found = loadBalancers.find(physicalId);
      if (found) await loadBalancers.delete(found);
    },
  };
}

function describe(loadBalancer: LoadBalancer, properties: Properties): void {
  const { SecurityGroups, LoadBalancerAttributes } = readInput(rules, properties, 'ValidationError');
  loadBalancer.securityGroupIds = SecurityGroups;
  for (const { Key, Value } of LoadBalancerAttributes) loadBalancer.attributes.set(Key, Value);
  for (const [key, value] of resourceTags(properties['Tags'])) loadBalancer.tags.set(key, value);
}

const provisioned = (loadBalancer: LoadBalancer): ProvisionedResource => ({
  physicalId: loadBalancer.arn,
  attributes: {
    LoadBalancerArn: loadBalancer.arn,
    LoadBalancerName: loadBalancer.name,
    LoadBalancerFullName: resourceOf(loadBalancer.arn),
    DNSName: dnsName(loadBalancer),
    CanonicalHostedZoneID: 'Z35SXDOTRQ7X7K',
    SecurityGroups: loadBalancer.securityGroupIds,
  },
});
