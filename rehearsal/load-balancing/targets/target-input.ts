import { z } from 'zod';
import { wholeNumber } from '../../ec2/input.ts';

/** A target as callers name it; without a port, the target group's own is meant. */
export const targetInput = z.object({ Id: z.string(), Port: wholeNumber.optional() });
