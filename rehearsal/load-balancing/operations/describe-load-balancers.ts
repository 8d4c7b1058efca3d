import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { AwsError } from '../../endpoint/service.ts';
import { operation } from '../operation.ts';
import { loadBalancerView } from '../view.ts';

const rules = z.object({ LoadBalancerArns: texts.default([]), Names: texts.default([]) });

/** Load balancers by ARN, by name, or all. @throws AwsError LoadBalancerNotFound */
export const describeLoadBalancers = operation(rules, (input, { loadBalancers }) => {
  const named = input.Names.map((name) => {
    const found = loadBalancers.list().find((one) => one.name === name);
    if (!found) throw new AwsError('LoadBalancerNotFound', `Load balancers '[${name}]' not found`);
    return found;
  });
  const asked = [...input.LoadBalancerArns.map((arn) => loadBalancers.get(arn)), ...named];
  const shown = input.LoadBalancerArns.length + input.Names.length > 0 ? asked : loadBalancers.list();
  return { LoadBalancers: shown.map(loadBalancerView) };
});
