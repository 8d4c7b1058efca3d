import { z } from 'zod';
import { operation } from '../operation.ts';

/** Attributes of a listener; `rehearsal.address` says where it answers on this machine. @throws AwsError ListenerNotFound */
export const describeListenerAttributes = operation(
  z.object({ ListenerArn: z.string() }),
  ({ ListenerArn }, { listeners }) => ({
    Attributes: [{ Key: 'rehearsal.address', Value: listeners.get(ListenerArn).server.address }],
  }),
);
