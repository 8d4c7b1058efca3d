import { z } from 'zod';
import type { ProvisionedResource, ResourceType } from '../../cloudformation/resource-type.ts';
import { readInput, wholeNumber } from '../../ec2/input.ts';
import { action } from '../routing/action.ts';
import { condition } from '../routing/condition.ts';
import type { Listeners } from '../routing/listeners.ts';

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
export function listenerRuleResource(listeners: Listeners): ResourceType {
  return {
    create: (properties) => {
      const { Priority, Conditions, Actions } = readInput(rules, properties, 'ValidationError');
      const listener = listeners.get(String(properties['ListenerArn']));
      const rule = listeners.addRule(listener, { priority: Priority, conditions: Conditions, actions: Actions });
      return Promise.resolve(provisioned(rule.arn));
    },
    update: (physicalId, properties) => {
      const { Priority, Conditions, Actions } = readInput(rules, properties, 'ValidationError');
      const { rule } = listeners.rule(physicalId);
      listeners.changeRule(rule, { priority: Priority, conditions: Conditions, actions: Actions });
      return Promise.resolve(provisioned(physicalId));
    },
    delete: (physicalId) => {
      // Its listener may have gone before it, and the rule with it.
      const isKnown = listeners.list().some(({ rules: own }) => own.has(physicalId));
      if (isKnown) listeners.deleteRule(listeners.rule(physicalId));
      return Promise.resolve();
    },
  };
}
