import { AppSpecError } from './app-spec-error.ts';
import type { Place } from './yaml-place.ts';

/** Takes the faults of an AppSpec as they are found: to throw the first of them, or to collect them all. */
export type Report = (fault: AppSpecError) => void;

export const throwFault: Report = (fault) => {
  throw fault;
};

/** Reads a part of the AppSpec. A fault in it is reported, and the part is left out. */
export function attempt<Result>(read: () => Result, report: Report): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AppSpecError)) throw error;
    report(error);
    return undefined;
  }
}

/** Reads the entries of a list, leaving out the faulty ones. */
export function readEach<Result>(
  places: readonly Place[],
  read: (place: Place, report: Report) => Result | undefined,
  report: Report,
): Result[] {
  return places.map((place) => attempt(() => read(place, report), report)).filter((result) => result !== undefined);
}
