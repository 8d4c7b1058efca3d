import type { z } from 'zod';
import { readInput } from '../ec2/input.ts';
import type { OperationHandler } from '../endpoint/protocols/operations.ts';
import type { AutoScalingAccount } from './auto-scaling-account.ts';

/** An operation of the Auto Scaling API, still to be given the account it works on. */
export type AutoScalingOperation = (account: AutoScalingAccount) => OperationHandler;

/**
 * Declares an operation: the rules of its input, and what it does. A broken rule answers `ValidationError`.
 * An operation without an output shape returns undefined, one with an empty output `{}`.
 */
export function operation<S extends z.ZodType>(
  rules: S,
  act: (input: z.output<S>, account: AutoScalingAccount) => unknown,
): AutoScalingOperation {
  return (account) => async (input) => await act(readInput(rules, input, 'ValidationError'), account);
}
