import { z } from 'zod';
import { PROCESSES } from '../group/process.ts';
import { operation } from '../operation.ts';

/** The processes that can be suspended. */
export const describeScalingProcessTypes = operation(z.object({}), () => ({
  Processes: PROCESSES.map((ProcessName) => ({ ProcessName })),
}));
