import type { StatesAccount } from '../account.ts';
import type { Input } from './input.ts';

/** One operation of the Step Functions API. Dates in its output are `Date`s; undefined members are left out. */
export type Operation = (input: Input, account: StatesAccount) => object | Promise<object>;
