import type { SucceedState } from '../language/definition.ts';
import type { Departure, Visit } from './visit.ts';

/** Ends its list of states well: the execution, or the branch or iteration it stands in. */
export function runSucceed(state: SucceedState, visit: Visit): Promise<Departure> {
  return visit.depart(state, undefined, visit.input);
}
