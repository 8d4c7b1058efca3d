import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { AwsError } from '../../endpoint/service.ts';
import { operation } from '../operation.ts';
import { targetGroupView } from '../view.ts';

const rules = z.object({
  LoadBalancerArn: z.string().optional(),
  TargetGroupArns: texts.default([]),
  Names: texts.default([]),
});

/** Target groups by ARN, by name, by load balancer, or all. @throws AwsError TargetGroupNotFound */
export const describeTargetGroups = operation(rules, (input, { listeners, targetGroups }) => {
  for (const arn of input.TargetGroupArns) targetGroups.get(arn);
  const unknown = input.Names.find((name) => !targetGroups.list().some((group) => group.name === name));
  if (unknown !== undefined) throw new AwsError('TargetGroupNotFound', `One or more target groups not found`);
  const shown = targetGroups
    .list()
    .filter(({ arn }) => input.TargetGroupArns.length === 0 || input.TargetGroupArns.includes(arn))
    .filter(({ name }) => input.Names.length === 0 || input.Names.includes(name))
    .map((group) => targetGroupView(group, listeners.forwardingTo(group.arn)))
    .filter(({ LoadBalancerArns }) => !input.LoadBalancerArn || LoadBalancerArns.includes(input.LoadBalancerArn));
  return { TargetGroups: shown };
});
