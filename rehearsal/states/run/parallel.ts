import type { ParallelState } from '../language/definition.ts';
import { persist } from './persist.ts';
import type { RunStates } from './thread.ts';
import { ThreadGroup } from './thread-group.ts';
import type { Departure, Visit } from './visit.ts';

/** Runs every branch and waits for all; the first that fails ends the others. Results stand in the order of branches. */
export function runParallel(state: ParallelState, visit: Visit, runStates: RunStates): Promise<Departure> {
  const { thread } = visit;
  const attempt = async (): Promise<Departure> => {
    const input = state.arguments ? await visit.evaluate(state.arguments, 'Arguments') : visit.input;
    const startedEventId = thread.record('ParallelStateStarted');
    const group = new ThreadGroup(thread);
    const result = await Promise.all(
      state.branches.map((branch) =>
        group.run((branchThread) => runStates(branch, input, branchThread), { lastEventId: startedEventId }),
      ),
    ).finally(() => {
      group.end();
    });
    thread.recordAside('ParallelStateSucceeded');
    return visit.depart(state, state.next, result, { result });
  };
  return persist(state, visit, attempt, () => {
    thread.record('ParallelStateFailed');
  });
}
