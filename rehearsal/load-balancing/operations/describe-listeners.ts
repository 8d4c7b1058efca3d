import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { operation } from '../operation.ts';
import { listenerView } from '../view.ts';

const rules = z.object({ LoadBalancerArn: z.string().optional(), ListenerArns: texts.default([]) });

/** Listeners of one load balancer, or those named. @throws AwsError LoadBalancerNotFound, ListenerNotFound */
export const describeListeners = operation(rules, (input, { loadBalancers, listeners }) => {
  const ofLoadBalancer =
    input.LoadBalancerArn === undefined ? [] : listeners.of(loadBalancers.get(input.LoadBalancerArn));
  const named = input.ListenerArns.map((arn) => listeners.get(arn));
  return { Listeners: [...ofLoadBalancer, ...named].map(listenerView) };
});
