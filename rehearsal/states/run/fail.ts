import type { FailState } from '../language/definition.ts';
import { StatesError } from '../language/states-error.ts';
import type { Template } from '../language/template.ts';
import type { Visit } from './visit.ts';

/** Fails its list of states with an error of the author's own. It has no exit event. */
export async function runFail(state: FailState, visit: Visit): Promise<never> {
  const error = await text(visit, state.error, 'Error');
  const cause = await text(visit, state.cause, 'Cause');
  throw new StatesError(error, cause);
}

const text = (visit: Visit, template: Template | undefined, location: string): Promise<string | undefined> =>
  template ? visit.evaluateTo<string>('string', template, location) : Promise.resolve(undefined);
