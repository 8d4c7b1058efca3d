import type { LifecycleAction } from './lifecycle-action.ts';
import type { LifecycleEventName } from './lifecycle-event.ts';

/** A run of lifecycle events on one host, without the engine between them. */
export interface RunEvents {
  readonly kind: 'RunEvents';
  readonly events: readonly LifecycleEventName[];
  /** Longest the whole leg may take. */
  readonly timeoutSeconds: number;
}

/** One step of a plan. Steps of the engine itself, such as blocking traffic, will stand between legs. */
export type PlanStep = RunEvents;

/** The steps of a deployment, in order. */
export type Plan = readonly PlanStep[];

/**
 * How long a host may leave a command waiting before its agent counts as silent. A fresh instance needs a part of it
 * to boot and to install the agent.
 */
export const SILENCE_LIMIT_SECONDS = 20 * 60;

/** How long one lifecycle event may take: its scripts may take an hour in all, starting and reporting the rest. */
export const EVENT_LIMIT_SECONDS = 70 * 60;

const LAUNCH_EVENTS = [
  'ApplicationStop',
  'DownloadBundle',
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'ApplicationStart',
  'ValidateService',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
] as const satisfies LifecycleEventName[];

const TERMINATION_EVENTS = [
  'BeforeBlockTraffic',
  'AfterBlockTraffic',
  'ApplicationStop',
] as const satisfies LifecycleEventName[];

/** The plan of a launch or termination deployment. Auto Scaling itself moves the traffic: one leg is all it takes. */
export function planFor(type: LifecycleAction['type']): Plan {
  return [leg(type === 'launch' ? LAUNCH_EVENTS : TERMINATION_EVENTS)];
}

function leg(events: readonly LifecycleEventName[]): RunEvents {
  return { kind: 'RunEvents', events, timeoutSeconds: SILENCE_LIMIT_SECONDS + events.length * EVENT_LIMIT_SECONDS };
}
