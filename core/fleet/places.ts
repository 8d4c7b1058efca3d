import type { Ending } from './ending.ts';
import type { TargetEnd } from './finish-target.ts';
import type { Wave } from './waves.ts';

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
  /** Hosts that had left before their turn came. */
  readonly left: number;
  /** Targets that have not begun. */
  readonly pending: number;
  /** The same of the open wave. */
  readonly waveMayBeDown: number;
  readonly waveDown: number;
  readonly waveFailed: number;
  readonly wavePending: number;
  readonly waves: readonly Wave[];
  /** The wave whose targets may begin, from 0. */
  readonly openWave: number;
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
  const pending = waves.reduce((sum, { size }) => sum + size, 0);
  const none = { down: 0, failed: 0, succeeded: 0, gone: 0, left: 0, waveDown: 0, waveFailed: 0 };
  return {
    ...none,
    mayBeDown,
    pending,
    waveMayBeDown: first.mayBeDown,
    wavePending: first.size,
    waves,
    openWave: 0,
    inProgress: new Set(),
    isUnlimited: waves.length === 1 && mayBeDown >= pending && first.mayBeDown >= pending,
  };
}

/**
 * Why no further target may begin though some wait, if that is so. Failures cost nothing once nobody waits any more:
 * that is why the last target of a fleet may fail.
 */
export function endingDue(places: Places): Ending | undefined {
  if (places.pending === 0) return undefined;
  if (places.failed >= places.mayBeDown) return { kind: 'TooManyFailed' };
  if (places.wavePending > 0 && places.waveFailed >= places.waveMayBeDown) {
    const zone = places.waves[places.openWave]?.zone;
    return { kind: 'TooManyFailed', ...(zone !== undefined && { zone }) };
  }
  // A revision that its own health check throws out would else be let loose on host after host.
  return places.gone > Math.max(places.mayBeDown, places.succeeded) ? { kind: 'TooManyGone' } : undefined;
}

/** Whether the deployment is ending and nothing is in progress any more, so that nothing is left to wait for. */
export function isDrained({ ending, inProgress, isUnlimited }: Places): boolean {
  return ending !== undefined && inProgress.size === 0 && !isUnlimited;
}

/** What the end of a target does to the counters; its place in progress is given back besides. */
export function effectOf(end: TargetEnd | 'GoneBefore'): 'succeeded' | 'failed' | 'gone' | 'left' {
  switch (end) {
    case 'GoneBefore':
      return 'left';
    case 'Succeeded':
      return 'succeeded';
    case 'Gone':
      return 'gone';
    case 'Failed':
    case 'Unreachable':
      return 'failed';
  }
}
