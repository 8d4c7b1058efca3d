import { z } from 'zod';
import { operation } from '../operation.ts';

/** @throws AwsError ListenerNotFound */
export const deleteListener = operation(z.object({ ListenerArn: z.string() }), async (input, { listeners }) => {
  await listeners.delete(listeners.get(input.ListenerArn));
  return {};
});
