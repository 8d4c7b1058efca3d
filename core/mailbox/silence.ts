import { EVENT_LIMIT_SECONDS, PROGRESS_INTERVAL_SECONDS, SILENCE_LIMIT_SECONDS } from '../plan.ts';
import { currentEvent, type Leg } from './leg.ts';

/** From when a host that is not heard of again must be given up, and why. */
export interface Silence {
  /** Milliseconds since the epoch. */
  readonly fromMs: number;
  /** What happened, for the record, with what to look at. */
  readonly reason: string;
}

/**
 * When the host of this leg counts as silent, unless it is heard before; undefined for a leg that waits for nobody. A
 * host that never asks is noticed long before its leg times out, and so is a lifecycle event that hangs.
 */
export function silenceOf(leg: Leg): Silence | undefined {
  const name = currentEvent(leg);
  if (name === undefined) return undefined;
  const seconds = leg.silenceLimitSeconds ?? SILENCE_LIMIT_SECONDS;
  if (leg.handedOut === undefined) {
    return {
      fromMs: leg.waitingSinceMs + seconds * 1000,
      reason:
        `The host agent has not asked for ${name} within ${minutes(seconds)}: see whether it runs, ` +
        'and whether the role of the instance may call the command service',
    };
  }
  const hung = {
    fromMs: leg.waitingSinceMs + EVENT_LIMIT_SECONDS * 1000,
    reason: `The host agent has not reported ${name} within ${minutes(EVENT_LIMIT_SECONDS)}`,
  };
  const { heardAtMs } = leg.handedOut;
  if (heardAtMs === undefined) return hung;
  const mute = {
    fromMs: heardAtMs + (PROGRESS_INTERVAL_SECONDS + seconds) * 1000,
    reason:
      `The host agent was at ${name} and has said nothing for ${minutes(PROGRESS_INTERVAL_SECONDS + seconds)}: see whether the ` +
      'host still runs, and reaches the command service',
  };
  return mute.fromMs < hung.fromMs ? mute : hung;
}

/** Whether the host of this leg must be given up now. */
export function isSilent(leg: Leg, nowMs: number): boolean {
  const silence = silenceOf(leg);
  return silence !== undefined && nowMs > silence.fromMs;
}

function minutes(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
}
