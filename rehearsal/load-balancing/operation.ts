import type { z } from 'zod';
import { readInput } from '../ec2/input.ts';
import type { OperationHandler } from '../endpoint/protocols/operations.ts';
import type { LoadBalancers } from './load-balancers.ts';
import type { Listeners } from './routing/listeners.ts';
import type { TargetGroups } from './targets/target-groups.ts';

/** What Elastic Load Balancing keeps for the account. */
export interface LoadBalancingAccount {
  readonly loadBalancers: LoadBalancers;
  readonly listeners: Listeners;
  readonly targetGroups: TargetGroups;
}

/** An operation of the Elastic Load Balancing API, still to be given the account it works on. */
export type LoadBalancingOperation = (account: LoadBalancingAccount) => OperationHandler;

/** Declares an operation: the rules of its input, and what it does. A broken rule answers `ValidationError`. */
export function operation<S extends z.ZodType>(
  rules: S,
  act: (input: z.output<S>, account: LoadBalancingAccount) => unknown,
): LoadBalancingOperation {
  return (account) => async (input) => await act(readInput(rules, input, 'ValidationError'), account);
}

/** `[{Key, Value}]`, as the API shows attributes and tags. */
export const pairs = (entries: ReadonlyMap<string, string>): { Key: string; Value: string }[] =>
  [...entries].map(([Key, Value]) => ({ Key, Value }));
