import type { Failing } from '../language/definition.ts';
import { errorEquals, StatesError } from '../language/states-error.ts';
import { Retries } from './retries.ts';
import { recordTransition } from './transition.ts';
import type { Departure, Visit } from './visit.ts';

/**
 * Attempts the work of a Task, Parallel or Map until it succeeds, Retry gives up and Catch takes over.
 * @param givenUp called once when the state has failed for good, caught or not
 * @throws StatesError that nothing caught
 */
export async function persist(
  state: Failing,
  visit: Visit,
  attempt: () => Promise<Departure>,
  givenUp: () => void = () => undefined,
): Promise<Departure> {
  const { engine, signal } = visit.thread;
  const retries = new Retries(state.retry);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StatesError)) throw error;
      const delayMs = retries.delayAfter(error);
      if (delayMs === undefined) {
        givenUp();
        return await departByCatch(state, visit, error);
      }
      await engine.ground.clock.sleep(delayMs, signal);
      await engine.ground.throttles.untilAllowed('StateTransitions', signal);
      visit.retryCount += 1;
      recordTransition(visit.thread, visit.state.name);
    }
  }
}

async function departByCatch(state: Failing, visit: Visit, error: StatesError): Promise<Departure> {
  const catcher = state.catch.find(({ errorEquals: names }) => errorEquals(names, error));
  if (!catcher) throw error;
  return visit.depart(catcher, catcher.next, error.output, { errorOutput: error.output });
}
