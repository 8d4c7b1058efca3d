import { z } from 'zod';
import type { ProvisionedResource, ResourceType } from '../../cloudformation/resource-type.ts';
import { readInput, wholeNumber } from '../../ec2/input.ts';
import type { LoadBalancers } from '../load-balancers.ts';
import { action } from '../routing/action.ts';
import type { Listeners } from '../routing/listeners.ts';

const rules = z.object({
  LoadBalancerArn: z.string(),
  Port: wholeNumber,
  Protocol: z.literal('HTTP', 'the rehearsal terminates no TLS').default('HTTP'),
  DefaultActions: z.array(action),
});

const provisioned = (arn: string): ProvisionedResource => ({ physicalId: arn, attributes: { ListenerArn: arn } });

/** `AWS::ElasticLoadBalancingV2::Listener` */
export function listenerResource(loadBalancers: LoadBalancers, listeners: Listeners): ResourceType {
  return {
    create: async (properties) => {
      const { LoadBalancerArn, Port, DefaultActions } = readInput(rules, properties, 'ValidationError');
      const listener = await listeners.add(loadBalancers.get(LoadBalancerArn), Port, DefaultActions);
      return provisioned(listener.arn);
    },
    update: (physicalId, properties) => {
      const { Port, DefaultActions } = readInput(rules, properties, 'ValidationError');
      listeners.change(listeners.get(physicalId), { port: Port, defaultActions: DefaultActions });
      return Promise.resolve(provisioned(physicalId));
    },
    delete: async (physicalId) => {
      const found = listeners.find(physicalId);
      if (found) await listeners.delete(found);
    },
  };
}
