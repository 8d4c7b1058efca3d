import type { MapState } from '../language/definition.ts';
import type { Json } from '../language/json.ts';
import type { Template } from '../language/template.ts';
import { runDistributedMap } from './distributed-map.ts';
import { runInlineMap } from './inline-map.ts';
import { persist } from './persist.ts';
import type { RunStates } from './thread.ts';
import type { Departure, Visit } from './visit.ts';

/** Runs its processor once for each item, inside this execution or in executions of their own. */
export function runMap(state: MapState, visit: Visit, runStates: RunStates): Promise<Departure> {
  const { thread } = visit;
  const attempt = async (): Promise<Departure> => {
    const items = await itemsOf(state, visit);
    const maxConcurrency = await concurrencyOf(state.maxConcurrency, visit);
    thread.record('MapStateStarted', { length: items.length });
    const result =
      state.mode === 'INLINE'
        ? await runInlineMap(state, visit, items, maxConcurrency, runStates)
        : await runDistributedMap(state, visit, items, maxConcurrency);
    thread.recordAside('MapStateSucceeded');
    return visit.depart(state, state.next, result, { result });
  };
  return persist(state, visit, attempt, () => {
    thread.record('MapStateFailed');
  });
}

async function itemsOf(state: MapState, visit: Visit): Promise<readonly Json[]> {
  if (state.items) return visit.evaluateTo<readonly Json[]>('array', state.items, 'Items');
  if (Array.isArray(visit.input)) return visit.input as readonly Json[];
  throw visit.evaluationFailed('Items', `Map state input must be an array but was: ${JSON.stringify(visit.input)}`);
}

/** @returns Infinity for 0, which means no limit of its own */
async function concurrencyOf(template: Template | undefined, visit: Visit): Promise<number> {
  if (!template) return Infinity;
  const concurrency = await visit.evaluateTo<number>('number', template, 'MaxConcurrency');
  if (concurrency < 0) throw visit.evaluationFailed('MaxConcurrency', 'MaxConcurrency cannot be negative.');
  return concurrency === 0 ? Infinity : concurrency;
}
