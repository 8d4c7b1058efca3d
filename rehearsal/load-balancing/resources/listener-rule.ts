import { z } from 'zod';
import type { ProvisionedResource, ResourceType } from '../../cloudformation/resource-type.ts';
import { readInput, wholeNumber } from '../../ec2/input.ts';
import type { LoadBalancers } from '../load-balancers.ts';
import { action } from '../routing/action.ts';
import { condition } from '../routing/condition.ts';

const rules = z.object({
  Priority: wholeNumber.min(1).max(50_000),
  Conditions: z.array(condition),
  Actions: z.array(action),
});

const provisioned = (arn: string): ProvisionedResource => ({
  physicalId: arn,
  attributes: { RuleArn: arn, IsDefault: false },
});

/** `AWS::ElasticLoadBalancingV2::ListenerRule` */
export function listenerRuleResource(loadBalancers: LoadBalancers): ResourceType {
  return {
    create: (properties) => {
      const { Priority, Conditions, Actions } = readInput(rules, properties, 'ValidationError');
      const listener = loadBalancers.listener(String(properties['ListenerArn']));
      const rule = loadBalancers.addRule(listener, { priority: Priority, conditions: Conditions, actions: Actions });
      return Promise.resolve(provisioned(rule.arn));
    },
    update: (physicalId, properties) => {
      const { Priority, Conditions, Actions } = readInput(rules, properties, 'ValidationError');
      const { rule } = loadBalancers.rule(physicalId);
      loadBalancers.changeRule(rule, { conditions: Conditions, actions: Actions });
      rule.priority = Priority;
      return Promise.resolve(provisioned(physicalId));
    },
    delete: (physicalId) => {
      const known = loadBalancers.listeners().some(({ rules: own }) => own.has(physicalId));
      if (known) loadBalancers.deleteRule(physicalId);
      return Promise.resolve();
    },
  };
}
