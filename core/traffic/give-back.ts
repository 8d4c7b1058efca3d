import { type GroupSizes, NOTHING_OWED, type StandbyHost, type StandbyNote } from './standby.ts';

/** What is known when hosts no longer stand by for a deployment. */
export interface GiveBack {
  readonly instanceIds: readonly string[];
  /** Lifecycle states, as Auto Scaling spells them; a host that is gone has none. */
  readonly states: ReadonlyMap<string, string>;
  /** Undefined where the Auto Scaling group is no more. */
  readonly sizes: GroupSizes | undefined;
  readonly nowMs: number;
}

/**
 * Notes that hosts no longer stand by, and what their group gets back: its own minimum with the last of them, and the
 * desired capacity of those that do not come back, so that Auto Scaling launches others in their place.
 * @returns the note as it is while the sizes are given back; without a `change` where there is nothing to give
 */
export function giveBack(note: StandbyNote, { instanceIds, states, sizes, nowMs }: GiveBack): StandbyNote {
  const { change, ...owed } = note;
  void change;
  const leaving = instanceIds.filter((id) => note.hosts[id] !== undefined);
  const left = Object.entries(note.hosts).filter(([id]) => !leaving.includes(id));
  const rest = { ...owed, hosts: Object.fromEntries(left) };
  if (!sizes) return left.length === 0 ? NOTHING_OWED : rest;

  const missing = leaving.filter((id) => isMissing(note.hosts[id], states.get(id))).length;
  const from = sizes.desiredCapacity;
  const to = Math.max(from, Math.min(from + missing, sizes.maxSize));
  const restoresMinimum = left.length === 0 && isLowered(note, sizes);
  if (to === from && !restoresMinimum) return left.length === 0 ? NOTHING_OWED : rest;
  const desiredCapacity = to === from ? {} : { desiredCapacity: { from, to } };
  return { ...rest, change: { begunAtMs: nowMs, ...desiredCapacity, restoresMinimum } };
}

/**
 * Whether the desired capacity is short of a host. One that has come back, or never went, may be on its way out by now:
 * then Auto Scaling replaces it of its own accord.
 */
function isMissing(host: StandbyHost | undefined, state = ''): boolean {
  if (STANDS_BY.test(state)) return true;
  return host?.isAway !== false && !IN_THE_CAPACITY.test(state);
}

const STANDS_BY = /Standby$/;

/** States in which an instance fills a place of the desired capacity. */
const IN_THE_CAPACITY = /^(Pending|InService)/;

/**
 * The sizes that a noted change has to set still; none where it took effect, or an operator has changed them since.
 * @returns undefined where there is nothing to set
 */
export function sizesDue(
  note: StandbyNote,
  sizes: GroupSizes,
): Partial<Pick<GroupSizes, 'minSize' | 'desiredCapacity'>> | undefined {
  const { desiredCapacity: desired, restoresMinimum = false } = note.change ?? {};
  const minSize = restoresMinimum && isLowered(note, sizes) ? note.minSize : undefined;
  const raised = desired && desired.from === sizes.desiredCapacity ? desired.to : undefined;
  if (minSize === undefined && raised === undefined) return undefined;
  return {
    ...(minSize !== undefined && { minSize }),
    ...(raised !== undefined && { desiredCapacity: Math.max(raised, minSize ?? 0) }),
  };
}

/** The note once its change has been made. */
export function given({ change, ...note }: StandbyNote): StandbyNote {
  void change;
  return Object.keys(note.hosts).length === 0 ? NOTHING_OWED : note;
}

function isLowered({ minSize, loweredTo }: StandbyNote, sizes: GroupSizes): boolean {
  return minSize !== undefined && sizes.minSize < minSize && loweredTo.includes(sizes.minSize);
}
