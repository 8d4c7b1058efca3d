import { type RegisteredRevision, revisionIdentity } from './application-revision.ts';

/** What a list of revisions is sorted by. */
export const REVISION_TIMES = ['registerTime', 'firstUsedTime', 'lastUsedTime'] as const;
export type RevisionTime = (typeof REVISION_TIMES)[number];

export interface RevisionOrder {
  readonly by: RevisionTime;
  readonly isDescending: boolean;
}

/**
 * A part of a list in order. Revisions that were never used come last in either direction.
 * @param after where the last page ended: a place in the order, which stays one when revisions come and go
 */
export function sortedPage(
  revisions: readonly RegisteredRevision[],
  { by, isDescending }: RevisionOrder,
  after: string | undefined,
  limit: number,
): { readonly items: readonly RegisteredRevision[]; readonly last: string | undefined } {
  const places = revisions
    .map((registered) => ({ registered, place: placeOf(registered, by, isDescending) }))
    .filter(({ place }) => after === undefined || place > after)
    .sort((one, other) => (one.place < other.place ? -1 : 1));
  const page = places.slice(0, limit);
  return {
    items: page.map(({ registered }) => registered),
    last: places.length > limit ? page.at(-1)?.place : undefined,
  };
}

const LATEST = 8_640_000_000_000_000; // of all times that a Date can hold
const DIGITS = String(LATEST).length;

/** A text that sorts as the list shall. */
function placeOf(registered: RegisteredRevision, by: RevisionTime, isDescending: boolean): string {
  const atMs = timeOf(registered, by);
  const rank = atMs === undefined ? 'never' : String(isDescending ? LATEST - atMs : atMs).padStart(DIGITS, '0');
  return `${rank} ${revisionIdentity(registered.revision)}`;
}

function timeOf({ registeredAtMs, firstUsedAtMs, lastUsedAtMs }: RegisteredRevision, by: RevisionTime) {
  return { registerTime: registeredAtMs, firstUsedTime: firstUsedAtMs, lastUsedTime: lastUsedAtMs }[by];
}
