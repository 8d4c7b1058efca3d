import type { PassState } from '../language/definition.ts';
import type { Departure, Visit } from './visit.ts';

/** Shapes data and sets variables; does nothing else. */
export function runPass(state: PassState, visit: Visit): Promise<Departure> {
  return visit.depart(state, state.next, visit.input);
}
