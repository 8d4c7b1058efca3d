import type { Ending } from './ending.ts';
import type { TargetState } from './target-state.ts';
import type { Wave } from './waves.ts';

/**
 * How far a fleet deployment is, in one small item: a thousand targets take a kilobyte. Every change counts `version`
 * up and is written only over the version it was made from, so that of two changes at the same moment one is made
 * again, from what the other left.
 */
export interface FleetProgress {
  readonly version: number;
  /** A letter per target, in the order they are taken up; a target's number is its place here, from 0. */
  readonly targets: string;
  /** Targets that may be down at once: in progress or failed. Fixed at the start. */
  readonly mayBeDown: number;
  /** The zones in turn, or the whole fleet as a single wave. Their sizes cut `targets` into runs. */
  readonly waves: readonly Wave[];
  /** The wave whose targets may begin, from 0. */
  readonly openWave: number;
  /** Why no further target begins. The first cause stands. */
  readonly ending?: Ending;
}

const LETTERS = {
  Pending: 'P',
  InProgress: 'I',
  Succeeded: 'S',
  Failed: 'F',
  Unreachable: 'U',
  Skipped: 'K',
  GoneBefore: 'G',
  GoneDuring: 'L',
} as const satisfies Record<TargetState, string>;

const STATES: ReadonlyMap<string, TargetState> = new Map(
  (Object.keys(LETTERS) as TargetState[]).map((state) => [LETTERS[state], state]),
);

/** A fleet of which no target has begun. */
export function newFleetProgress(waves: readonly Wave[], mayBeDown: number): FleetProgress {
  const size = waves.reduce((sum, wave) => sum + wave.size, 0);
  return { version: 1, targets: LETTERS.Pending.repeat(size), mayBeDown, waves, openWave: 0 };
}

/** A fleet whose targets stand so. */
export function progressOf(states: readonly TargetState[], waves: readonly Wave[], mayBeDown: number): FleetProgress {
  return { version: 1, targets: states.map((state) => LETTERS[state]).join(''), mayBeDown, waves, openWave: 0 };
}

/** Where a target stands. @throws RangeError for a number that no target has */
export function stateOf({ targets }: Pick<FleetProgress, 'targets'>, target: number): TargetState {
  const state = STATES.get(targets.charAt(target));
  if (state === undefined) throw new RangeError(`There is no target ${target} among ${targets.length}`);
  return state;
}

/** Where every target stands, in their order. */
export function statesOf({ targets }: Pick<FleetProgress, 'targets'>): readonly TargetState[] {
  return Array.from(targets, (_, target) => stateOf({ targets }, target));
}

/** The letters with one target's state changed. */
export function withState(targets: string, target: number, state: TargetState): string {
  return targets.slice(0, target) + LETTERS[state] + targets.slice(target + 1);
}

/** The letters with every target skipped that has not begun. */
export function withRestSkipped(targets: string): string {
  return targets.replaceAll(LETTERS.Pending, LETTERS.Skipped);
}

/** The letters of one wave. */
export function lettersOf({ targets, waves }: FleetProgress, wave: number): string {
  const start = firstOf(waves, wave);
  return targets.slice(start, start + (waves[wave]?.size ?? 0));
}

/** The number of a wave's first target. */
export function firstOf(waves: readonly Wave[], wave: number): number {
  return waves.slice(0, wave).reduce((sum, { size }) => sum + size, 0);
}

/** How many of the letters stand for any of the states. */
export function count(targets: string, ...states: readonly TargetState[]): number {
  return states.reduce((sum, state) => sum + targets.split(LETTERS[state]).length - 1, 0);
}
