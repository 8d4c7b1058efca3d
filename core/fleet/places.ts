import type { Ending } from './ending.ts';
import type { TargetEnd } from './target-state.ts';
import { firstOf, type Wave } from './waves.ts';

/**
 * The places of a fleet deployment, counted: each target in progress holds one, and one that failed keeps it for good.
 * Small enough that a thousand targets may change it one after another, each under a condition of its own.
 */
export interface Places {
  /** Targets that may be down at once: in progress or failed. */
  readonly mayBeDown: number;
  readonly down: number;
  readonly failed: number;
  readonly succeeded: number;
  /** Hosts that left while they were deployed to. */
  readonly gone: number;
  /** Hosts that had left before anything ran on them. */
  readonly departed: number;
  /** The same of the open wave. */
  readonly waveMayBeDown: number;
  readonly waveDown: number;
  readonly waveFailed: number;
  readonly waves: readonly Wave[];
  /** The wave whose targets may begin, from 0. */
  readonly openWave: number;
  /** The numbers of the targets of the open wave that have neither begun nor ended. Empty where nobody has to wait. */
  readonly waiting: ReadonlySet<number>;
  /** The numbers of the targets in progress. */
  readonly inProgress: ReadonlySet<number>;
  /** All targets may be down at once: nobody has to wait for a place, and none is counted. */
  readonly isUnlimited: boolean;
  readonly ending?: Ending;
}

/** The places of a fleet of which no target has begun. @throws RangeError for a fleet without a wave */
export function newPlaces(waves: readonly Wave[], mayBeDown: number): Places {
  const [first] = waves;
  if (!first) throw new RangeError('A fleet has at least one wave');
  const isUnlimited = waves.length === 1 && mayBeDown >= first.size && first.mayBeDown >= first.size;
  return {
    mayBeDown,
    down: 0,
    failed: 0,
    succeeded: 0,
    gone: 0,
    departed: 0,
    waveMayBeDown: first.mayBeDown,
    waveDown: 0,
    waveFailed: 0,
    waves,
    openWave: 0,
    waiting: isUnlimited ? new Set() : numbersOf(waves, 0),
    inProgress: new Set(),
    isUnlimited,
  };
}

/** The numbers of a wave's targets. */
export function numbersOf(waves: readonly Wave[], wave: number): ReadonlySet<number> {
  const first = firstOf(waves, wave);
  return new Set(Array.from({ length: waves[wave]?.size ?? 0 }, (_, place) => first + place));
}

/**
 * What a target is told that asks for a place. `taken`: it holds one, and may be worked on. `wait`: its turn may come.
 * `over`: it never will, or the target has ended already and asks late.
 */
export type Turn = 'taken' | 'wait' | 'over';

/** What a target is told that was given no place just now. */
export function turnOf({ waves, openWave, waiting, inProgress, ending }: Places, targetNumber: number): Turn {
  if (inProgress.has(targetNumber)) return 'taken';
  if (ending) return 'over';
  const isOfLaterWave = targetNumber >= firstOf(waves, openWave + 1);
  return waiting.has(targetNumber) || isOfLaterWave ? 'wait' : 'over';
}

/**
 * Why no further target may begin though some wait, if that is so. Failures cost nothing once nobody waits any more:
 * that is why the last target of a fleet may fail.
 */
export function endingDue(places: Places): Ending | undefined {
  const { waves, openWave, waiting, mayBeDown, failed, gone, succeeded, isUnlimited } = places;
  const isAnyoneLeft = waiting.size > 0 || openWave + 1 < waves.length;
  if (isUnlimited || !isAnyoneLeft) return undefined;
  if (failed >= mayBeDown) return { kind: 'TooManyFailed' };
  if (waiting.size > 0 && places.waveFailed >= places.waveMayBeDown) {
    const zone = waves[openWave]?.zone;
    return { kind: 'TooManyFailed', ...(zone !== undefined && { zone }) };
  }
  // A revision that its own health check throws out would else be let loose on host after host.
  return gone > Math.max(mayBeDown, succeeded) ? { kind: 'TooManyGone' } : undefined;
}

/** Whether the deployment is ending and nothing is in progress any more, so that nothing is left to wait for. */
export function isDrained({ ending, inProgress, isUnlimited }: Places): boolean {
  return ending !== undefined && inProgress.size === 0 && !isUnlimited;
}

/** What the end of a target does to the counters; its place in progress is given back besides. */
export function effectOf(end: TargetEnd): 'succeeded' | 'failed' | 'gone' | 'departed' {
  switch (end) {
    case 'Succeeded':
      return 'succeeded';
    case 'GoneDuring':
      return 'gone';
    case 'GoneBefore':
      return 'departed';
    case 'Failed':
    case 'Unreachable':
      return 'failed';
  }
}
