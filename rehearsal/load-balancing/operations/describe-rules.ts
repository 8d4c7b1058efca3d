import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { operation } from '../operation.ts';
import { defaultRuleView, ruleView } from '../view.ts';

const rules = z.object({ ListenerArn: z.string().optional(), RuleArns: texts.default([]) });

/** Rules of a listener in the order they are asked, the default last; or those named. @throws AwsError ListenerNotFound, RuleNotFound */
export const describeRules = operation(rules, ({ ListenerArn, RuleArns }, { listeners }) => {
  if (ListenerArn === undefined) return { Rules: RuleArns.map((arn) => ruleView(listeners.rule(arn).rule)) };
  const listener = listeners.get(ListenerArn);
  const inOrder = [...listener.rules.values()].sort((a, b) => a.priority - b.priority);
  return { Rules: [...inOrder.map(ruleView), defaultRuleView(listener.arn, listener.defaultActions)] };
});
