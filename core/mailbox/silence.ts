import { EVENT_LIMIT_SECONDS, PROGRESS_LIMIT_SECONDS } from '../plan.ts';
import { type Leg, currentEvent } from './leg.ts';

/**
 * Why a host must be given up; undefined while there is hope. A host that never asks is noticed long before its leg
 * times out, and so is a lifecycle event that hangs.
 */
export function whySilent(leg: Leg, nowMs: number, silenceLimitSeconds: number): string | undefined {
  const name = currentEvent(leg);
  if (name === undefined) return undefined;
  const waitedSeconds = (nowMs - leg.waitingSinceMs) / 1000;
  if (leg.handedOut === undefined && waitedSeconds > silenceLimitSeconds) {
    return (
      `The host agent has not asked for ${name} within ${silenceLimitSeconds / 60} minutes: see whether it runs, ` +
      'and whether the role of the instance may call the command service'
    );
  }
  const heardAtMs = leg.handedOut?.heardAtMs;
  if (heardAtMs !== undefined && nowMs - heardAtMs > PROGRESS_LIMIT_SECONDS * 1000) {
    return (
      `The host agent was at ${name} and has said nothing for ${PROGRESS_LIMIT_SECONDS / 60} minutes: see whether the ` +
      'host still runs, and reaches the command service'
    );
  }
  if (leg.handedOut !== undefined && waitedSeconds > EVENT_LIMIT_SECONDS) {
    return `The host agent has not reported ${name} within ${EVENT_LIMIT_SECONDS / 60} minutes`;
  }
  return undefined;
}
