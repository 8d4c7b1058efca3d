import { AppSpecError } from './app-spec-error.ts';
import { BEGINNING } from './position.ts';
import type { Position } from './position.ts';
import type { MapPlace, Place } from './yaml-place.ts';
import { written } from './yaml-place.ts';

/**
 * Takes a place for what a section needs it to be. CodeDeploy's agent has no messages of its own for
 * wrong shapes (a list where a map belongs), so these are ours.
 */

/** The items of a list; an absent or empty value has none. */
export function listOf(place: Place | undefined, what: string): readonly Place[] {
  if (!place || place.kind === 'nothing') return [];
  if (place.kind === 'list') return place.items;
  throw wrongShape(place, what, 'a list', 'begin each entry with "- "');
}

/** The entries of a map; an absent or empty value has none. */
export function mapOf(place: Place | undefined, what: string): MapPlace {
  if (place?.kind === 'map') return place;
  if (!place || place.kind === 'nothing') return emptyMap(place ?? BEGINNING);
  throw wrongShape(place, what, 'a map', 'write it as "key: value" lines');
}

/** The text of a value; undefined when absent. Numbers and booleans count as the text they were written as. */
export function textOf(place: Place | undefined, what: string): string | undefined {
  if (!place || place.kind === 'nothing') return undefined;
  if (place.kind === 'scalar') return typeof place.value === 'string' ? place.value : place.written;
  throw wrongShape(place, what, 'text', 'write a single value');
}

/** The text of a value that must be there. @throws what it is given when it is missing */
export function requiredTextOf(place: Place | undefined, what: string, missing: AppSpecError): string {
  const text = textOf(place, what);
  if (text === undefined) throw missing;
  return text;
}

function emptyMap({ line, column }: Position): MapPlace {
  return { kind: 'map', line, column, entries: new Map(), keys: [] };
}

function wrongShape(place: Place, what: string, wanted: string, remedy: string): AppSpecError {
  const found = place.kind === 'scalar' ? `"${written(place)}"` : `a ${place.kind}`;
  return new AppSpecError(
    `The deployment failed because ${what} in the application specification file must be ${wanted}, but is ${found}.`,
    place,
    remedy,
  );
}
