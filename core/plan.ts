import type { LifecycleEventName } from './lifecycle-event.ts';
import type { TargetRequest } from './target-request.ts';

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

/** A fresh instance needs a part of it to boot and to install the agent. */
const SILENCE_LIMIT_SECONDS = 20 * 60;

/** The agent of a host in service asks every fifteen seconds; a restart of the host takes a few minutes. */
const SILENCE_LIMIT_IN_SERVICE_SECONDS = 10 * 60;

/** How long a host may leave a command waiting before its agent counts as silent. */
export function silenceLimitSeconds(type: TargetRequest['type']): number {
  return type === 'in-place' ? SILENCE_LIMIT_IN_SERVICE_SECONDS : SILENCE_LIMIT_SECONDS;
}

/** How long a host that tells its progress every minute may say nothing in the middle of a lifecycle event. */
export const PROGRESS_LIMIT_SECONDS = 10 * 60;

/** How long one lifecycle event may take: its scripts may take an hour in all, starting and reporting the rest. */
export const EVENT_LIMIT_SECONDS = 70 * 60;

/** What brings a revision to a host, whatever stands around it. */
const REVISION_EVENTS = [
  'ApplicationStop',
  'DownloadBundle',
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'ApplicationStart',
  'ValidateService',
] as const satisfies LifecycleEventName[];

/** Auto Scaling itself moves the traffic of what it launches and terminates: one leg is all it takes. */
const PLANS: Readonly<Record<TargetRequest['type'], Plan>> = {
  launch: [leg([...REVISION_EVENTS, 'BeforeAllowTraffic', 'AfterAllowTraffic'])],
  termination: [leg(['BeforeBlockTraffic', 'AfterBlockTraffic', 'ApplicationStop'])],
  'in-place': [leg(REVISION_EVENTS)],
};

/** The plan of a deployment to one host. */
export function planFor(type: TargetRequest['type']): Plan {
  return PLANS[type];
}

function leg(events: readonly LifecycleEventName[]): RunEvents {
  return { kind: 'RunEvents', events, timeoutSeconds: SILENCE_LIMIT_SECONDS + events.length * EVENT_LIMIT_SECONDS };
}
