import { currentEvent, type Leg } from './leg.ts';

/**
 * Lets no further event of a leg begin. The one that the host runs may end: nobody knows what breaks when it is torn off.
 * @returns `idle` when the host runs none, so that nothing is to wait for; `unchanged` when the leg is ending anyway
 */
export function cutShort(leg: Leg): Leg | 'idle' | 'unchanged' {
  if (currentEvent(leg) === undefined || leg.endsAfter !== undefined) return 'unchanged';
  if (leg.handedOut === undefined) return 'idle';
  return { ...leg, version: leg.version + 1, endsAfter: leg.results.length + 1 };
}
