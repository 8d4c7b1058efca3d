import type { MapState } from '../language/definition.ts';
import type { Json } from '../language/json.ts';
import { selectInputs } from './select-inputs.ts';
import { ThreadGroup } from './thread-group.ts';
import type { RunStates } from './thread.ts';
import type { Visit } from './visit.ts';

/** Iterations that run at the same time, whatever MaxConcurrency allows. */
const MOST_CONCURRENT_ITERATIONS = 40;

/** Iterations within this execution: they share its history, see its variables, and one failure fails all. */
export async function runInlineMap(
  state: MapState,
  visit: Visit,
  items: readonly Json[],
  maxConcurrency: number,
  runStates: RunStates,
): Promise<readonly Json[]> {
  const { thread } = visit;
  const inputs = await selectInputs(state, visit, items);
  const group = new ThreadGroup(thread);
  const results = new Array<Json>(items.length);
  const queue = items.entries();

  const iterate = async (index: number, value: Json, previousEventId: number): Promise<number> => {
    const about = { name: state.name, index };
    const startedEventId = thread.recordAside('MapIterationStarted', about, previousEventId);
    let lastEventId = startedEventId;
    results[index] = await group.run(
      async (iteration) => {
        const output = await runStates(state.processor, inputs[index] ?? null, iteration);
        lastEventId = iteration.lastEventId;
        iteration.record('MapIterationSucceeded', about);
        return output;
      },
      {
        mapItem: { index, value },
        iteration: about,
        lastEventId: startedEventId,
        onFailure: () => thread.recordAside('MapIterationFailed', about),
      },
    );
    return lastEventId;
  };

  // Each lane takes the next item as soon as it is free, and its events follow those of the item before.
  const lane = async (previousEventId: number): Promise<void> => {
    for (const [index, value] of queue) {
      if (group.failed) return;
      previousEventId = await iterate(index, value, previousEventId);
    }
  };
  const lanes = Math.min(maxConcurrency, MOST_CONCURRENT_ITERATIONS, items.length);
  await Promise.all(Array.from({ length: lanes }, () => lane(thread.lastEventId))).finally(() => {
    group.end();
  });
  return results;
}
