import { AppSpecError } from '../app-spec-error.ts';
import type { Position } from '../position.ts';
import { listOf, mapOf, textOf } from '../shapes.ts';
import type { MapPlace, Place } from '../yaml-place.ts';

/** A member of a map; keys may be written in any case, for AWS's own documents differ in it. */
export function memberOf({ entries }: MapPlace, name: string): Place | undefined {
  const [, place] = [...entries].find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? [];
  return place?.kind === 'nothing' ? undefined : place;
}

/** @throws AppSpecError when it is missing or no map */
export function requiredMap(map: MapPlace, name: string, remedy: string): MapPlace {
  return mapOf(required(map, name, remedy), name);
}

/** Text, or a number as it is written. @throws AppSpecError when it is missing, empty or no single value */
export function requiredText(map: MapPlace, name: string, remedy: string): TextPlace {
  const place = required(map, name, remedy);
  const text = textOf(place, name)?.trim();
  if (!text) throw missing(name, place, remedy);
  return { text, line: place.line, column: place.column };
}

/** A text of the file, and where it stands. */
export interface TextPlace extends Position {
  readonly text: string;
}

/** The only entry of a map. @throws AppSpecError when it is no map, or has another number of entries */
export function onlyEntry(
  place: Place,
  what: string,
  remedy: string,
): { readonly key: TextPlace; readonly value: Place } {
  const { keys, entries } = mapOf(place, what);
  const [key, ...others] = keys;
  const value = key && entries.get(key.name);
  if (!value || others.length > 0) {
    throw new AppSpecError(
      `In the AppSpec, ${what} has ${keys.length} keys instead of one.`,
      others[0] ?? place,
      remedy,
    );
  }
  return { key: { text: key.name, line: key.line, column: key.column }, value };
}

/** Texts of a list with at least one. @throws AppSpecError */
export function requiredTexts(map: MapPlace, name: string, remedy: string): void {
  const place = required(map, name, remedy);
  const items = listOf(place, name);
  if (items.length === 0) throw missing(name, place, remedy);
  for (const item of items) if (!textOf(item, `an entry of ${name}`)) throw missing(`entry of ${name}`, item, remedy);
}

function required(map: MapPlace, name: string, remedy: string): Place {
  const place = memberOf(map, name);
  if (!place) throw missing(name, map, remedy);
  return place;
}

function missing(name: string, at: Position, remedy: string): AppSpecError {
  return new AppSpecError(`The AppSpec has no ${name}.`, at, remedy);
}
