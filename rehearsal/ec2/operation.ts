import type { z } from 'zod';
import type { OperationHandler } from '../endpoint/protocols/operations.ts';
import type { Ec2Account } from './account.ts';
import { readInput } from './input.ts';

/** An operation of the EC2 API, still to be given the account it works on. */
export type Ec2Operation = (account: Ec2Account) => OperationHandler;

/** Declares an operation: the rules of its input, and what it does. A broken rule answers `InvalidParameterValue`. */
export function operation<S extends z.ZodType>(
  rules: S,
  act: (input: z.output<S>, account: Ec2Account) => unknown,
): Ec2Operation {
  return (account) => async (input) => await act(readInput(rules, input, 'InvalidParameterValue'), account);
}

/** `tagSet`, as most answers carry it. */
export const tagSet = (tags: ReadonlyMap<string, string>): { key: string; value: string }[] =>
  [...tags].map(([key, value]) => ({ key, value }));
