import { z } from 'zod';
import { LAUNCHING, TERMINATING } from '../lifecycle/lifecycle-hook.ts';
import { operation } from '../operation.ts';

/** The two transitions that hooks can stop. */
export const describeLifecycleHookTypes = operation(z.object({}), () => ({
  LifecycleHookTypes: [LAUNCHING, TERMINATING],
}));
