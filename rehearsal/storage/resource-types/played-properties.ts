import type { Properties, ResourceContext } from '../../cloudformation/resource-type.ts';
import type { Journal } from '../../journal.ts';

/** What a resource type does with its properties: those it plays, and those whose effect nobody could see locally. */
export interface PropertyCoverage {
  readonly played: readonly string[];
  /** Encryption, tags, retention and the like: accepted without a word. */
  readonly invisible: readonly string[];
}

/** Says in the journal which properties of a resource are ignored, so that nobody relies on them. */
export function warnOfUnplayed(
  properties: Properties,
  { played, invisible }: PropertyCoverage,
  { type, logicalId }: ResourceContext,
  journal: Journal,
): void {
  const unplayed = Object.keys(properties).filter((name) => !played.includes(name) && !invisible.includes(name));
  if (unplayed.length === 0) return;
  journal.record({ kind: 'warning', message: `${logicalId} (${type}): the rehearsal ignores ${unplayed.join(', ')}` });
}
