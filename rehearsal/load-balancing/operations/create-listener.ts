import { z } from 'zod';
import { listOf, wholeNumber } from '../../ec2/input.ts';
import { operation } from '../operation.ts';
import { action } from '../routing/action.ts';
import { listenerView } from '../view.ts';

const rules = z.object({
  LoadBalancerArn: z.string(),
  Port: wholeNumber.min(1).max(65535),
  Protocol: z.literal('HTTP', 'Member must be HTTP: the rehearsal terminates no TLS'),
  DefaultActions: listOf(action),
});

/** Adds a listener. @throws AwsError LoadBalancerNotFound, DuplicateListener, TargetGroupNotFound */
export const createListener = operation(rules, async (input, { loadBalancers, listeners }) => {
  const loadBalancer = loadBalancers.get(input.LoadBalancerArn);
  return { Listeners: [listenerView(await listeners.add(loadBalancer, input.Port, input.DefaultActions))] };
});
