import { z } from 'zod';
import { listOf, wholeNumber } from '../../ec2/input.ts';
import { operation } from '../operation.ts';
import { action } from '../routing/action.ts';
import { listenerView } from '../view.ts';

const rules = z.object({
  ListenerArn: z.string(),
  Port: wholeNumber.min(1).max(65535).optional(),
  DefaultActions: listOf(action).optional(),
});

/** Changes a listener; requests under way go on as they began. @throws AwsError ListenerNotFound, TargetGroupNotFound */
export const modifyListener = operation(rules, ({ ListenerArn, Port, DefaultActions }, { listeners }) => {
  const listener = listeners.get(ListenerArn);
  listeners.change(listener, { port: Port, defaultActions: DefaultActions });
  return { Listeners: [listenerView(listener)] };
});
