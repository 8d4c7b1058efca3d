import { z } from 'zod';
import { operation } from '../operation.ts';

/** @throws AwsError ListenerNotFound */
export const deleteListener = operation(z.object({ ListenerArn: z.string() }), async (input, { loadBalancers }) => {
  await loadBalancers.deleteListener(loadBalancers.listener(input.ListenerArn));
  return {};
});
