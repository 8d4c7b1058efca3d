import type { Journey } from './journey.ts';
import type { LifecycleActionResult, LifecycleHook } from './lifecycle-hook.ts';
import { globalTimeoutSeconds } from './lifecycle-hook.ts';

/** One run of one hook for one instance. It keeps the hook as it was at the start: later changes do not reach it. */
export interface LifecycleAction {
  readonly token: string;
  readonly hook: LifecycleHook;
  readonly journey: Journey;
  readonly startedAtMs: number;
  readonly extendedAtMs: number;
  /** Absent while the action is active. */
  readonly result?: LifecycleActionResult;
}

/** What ended an action. */
export type EndCause = 'CompleteLifecycleAction' | 'HeartbeatTimeout' | 'NotificationFailed' | 'DeleteLifecycleHook';

export function startAction(hook: LifecycleHook, journey: Journey, token: string, nowMs: number): LifecycleAction {
  return { token, hook, journey, startedAtMs: nowMs, extendedAtMs: nowMs };
}

/** A heartbeat starts the timer again from now; it adds nothing to the remainder. */
export const extendAction = (action: LifecycleAction, nowMs: number): LifecycleAction => ({
  ...action,
  extendedAtMs: nowMs,
});

/** When the default result takes effect, in milliseconds since the epoch: never later than the global timeout. */
export function expiresAtMs({ hook, startedAtMs, extendedAtMs }: LifecycleAction): number {
  const silence = extendedAtMs + hook.heartbeatTimeoutSeconds * 1000;
  const ceiling = startedAtMs + globalTimeoutSeconds(hook.heartbeatTimeoutSeconds) * 1000;
  return Math.min(silence, ceiling);
}

/**
 * What the actions of one wait amount to: one ABANDON decides at once, CONTINUE needs all of them.
 * @returns undefined while the instance has to go on waiting
 */
export function verdict(actions: readonly LifecycleAction[]): LifecycleActionResult | undefined {
  if (actions.some(({ result }) => result === 'ABANDON')) return 'ABANDON';
  return actions.every(({ result }) => result === 'CONTINUE') ? 'CONTINUE' : undefined;
}

/** The text of the scaling activity of a launch that a lifecycle action abandoned. */
export function abandonedText(token: string, cause: EndCause): string {
  const why = cause === 'HeartbeatTimeout' ? 'Heartbeat Timeout' : 'Lifecycle Action Completed with ABANDON Result';
  return `Instance failed to complete user's Lifecycle Action: Lifecycle Action with token ${token} was abandoned: ${why}`;
}
