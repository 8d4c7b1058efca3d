import { deadlineMs, type LifecycleAction } from './lifecycle-action.ts';

/** What is left of it is when people are told. */
const TOLD_AT = 0.8;

/** Enough for the work to be stopped, its record to be written and the action to be completed. */
const HEAD_START_MS = 2 * 60 * 1000;

/** The moments, in milliseconds since the epoch, that a lifecycle action's global timeout makes of importance. */
export interface Deadline {
  /** A fifth of the time is left: people may still do something about it. */
  readonly nearMs: number;
  /** The work is ended now, while there still is an action to be completed. */
  readonly dueMs: number;
  /** Auto Scaling applies the hook's default result. */
  readonly strikesMs: number;
}

/** @returns undefined where the notification did not say when it was sent */
export function deadlineOf(action: LifecycleAction): Deadline | undefined {
  const strikesMs = deadlineMs(action);
  if (action.noticedAt === undefined || strikesMs === undefined) return undefined;
  const beganMs = Date.parse(action.noticedAt);
  const nearMs = beganMs + TOLD_AT * (strikesMs - beganMs);
  return { nearMs, dueMs: Math.max(nearMs, strikesMs - HEAD_START_MS), strikesMs };
}
