import type { Change } from './changes.ts';
import { changesBetween } from './changes.ts';
import { isEnded } from './observation.ts';
import type { Observation } from './observation.ts';
import { pauseMs } from './pace.ts';
import { canPass } from './passing-errors.ts';

/** How following ended. `lost`: nobody could say any more how the deployment goes; it goes on. */
export type FollowEnd =
  | { readonly kind: 'ended'; readonly last: Observation }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'overdue' }
  | { readonly kind: 'lost'; readonly error: unknown };

/** What following needs of the world. */
export interface Watch {
  look(): Promise<Observation>;
  /** Ends early when interrupted. */
  pause(ms: number): Promise<void>;
  now(): number;
  readonly interrupt: AbortSignal;
}

/** Silence after which a deployment counts as out of sight, in milliseconds. */
const LONGEST_SILENCE_MS = 2 * 60 * 1000;

/**
 * Watches a deployment until it ends.
 * @param show is told each look and what is new in it
 * @param timeoutMs how long to watch at most
 */
export async function follow(
  watch: Watch,
  show: (observation: Observation, changes: readonly Change[]) => void,
  timeoutMs = Infinity,
): Promise<FollowEnd> {
  const startedAt = watch.now();
  let heardAt = startedAt;
  let failures = 0;
  let before: Observation | undefined;
  for (;;) {
    try {
      const observation = await watch.look();
      heardAt = watch.now();
      failures = 0;
      show(observation, changesBetween(before, observation, new Date(heardAt)));
      before = observation;
      if (isEnded(observation.deployment)) return { kind: 'ended', last: observation };
    } catch (error) {
      failures += 1;
      const isLost = !canPass(error) || watch.now() - heardAt > LONGEST_SILENCE_MS;
      if (isLost && !watch.interrupt.aborted) return { kind: 'lost', error };
    }
    const elapsedMs = watch.now() - startedAt;
    if (elapsedMs < timeoutMs) {
      const paceMs = pauseMs({ elapsedMs, failures, targetsUnderWay: underWay(before) });
      await watch.pause(Math.min(paceMs, timeoutMs - elapsedMs));
    }
    if (watch.interrupt.aborted) return { kind: 'interrupted' };
    if (watch.now() - startedAt >= timeoutMs) return { kind: 'overdue' };
  }
}

function underWay(observation: Observation | undefined): number {
  return observation?.deployment.deploymentOverview?.InProgress ?? 0;
}
