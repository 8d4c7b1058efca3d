import type { Fault } from './fault.ts';

/** How often each fault was put in. */
export type Tally = Map<Fault, number>;

export function count(tally: Tally, fault: Fault, times = 1): void {
  tally.set(fault, (tally.get(fault) ?? 0) + times);
}
