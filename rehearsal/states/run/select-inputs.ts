import type { MapState } from '../language/definition.ts';
import type { Json } from '../language/json.ts';
import type { Visit } from './visit.ts';

/** What each iteration starts with: its item, or what ItemSelector makes of it. */
export async function selectInputs(state: MapState, visit: Visit, items: readonly Json[]): Promise<readonly Json[]> {
  if (!state.itemSelector) return items;
  const inputs: Json[] = [];
  for (const [index, value] of items.entries()) {
    inputs.push(await visit.evaluate(state.itemSelector, 'ItemSelector', {}, { index, value }));
  }
  return inputs;
}
