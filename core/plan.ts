import type { LifecycleEvent, LifecycleEventName, TrafficEventName } from './lifecycle-event.ts';
import type { TargetRequest } from './target-request.ts';
import type { Target } from './target.ts';

/** A run of lifecycle events on one host, without the engine between them. */
export interface RunEvents {
  readonly kind: 'RunEvents';
  readonly events: readonly LifecycleEventName[];
  /** Longest the whole leg may take. */
  readonly timeoutSeconds: number;
}

/** A lifecycle event that the engine carries out itself. The host waits meanwhile, so that a leg always follows it. */
export interface MoveTraffic {
  readonly kind: 'MoveTraffic';
  readonly events: readonly [TrafficEventName];
}

/** One step of a plan: a leg, or what the engine does between two legs. */
export type PlanStep = RunEvents | MoveTraffic;

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
const PLANS: Readonly<Record<TargetRequest['type'], readonly RunEvents[]>> = {
  launch: [leg([...REVISION_EVENTS, 'BeforeAllowTraffic', 'AfterAllowTraffic'])],
  termination: [leg(['BeforeBlockTraffic', 'AfterBlockTraffic', 'ApplicationStop'])],
  'in-place': [leg(REVISION_EVENTS)],
};

/** A deployment in place to a host that is taken out of its traffic meanwhile. */
const PLAN_WITH_TRAFFIC: Plan = [
  leg(['BeforeBlockTraffic']),
  { kind: 'MoveTraffic', events: ['BlockTraffic'] },
  leg(['AfterBlockTraffic', ...REVISION_EVENTS, 'BeforeAllowTraffic']),
  { kind: 'MoveTraffic', events: ['AllowTraffic'] },
  leg(['AfterAllowTraffic']),
];

/** The plan of a deployment that leaves traffic to others. */
export function planFor(type: TargetRequest['type']): readonly RunEvents[] {
  return PLANS[type];
}

/** The plan of the deployment to a target. */
export function planOf({ request, trafficControl }: Pick<Target, 'request' | 'trafficControl'>): Plan {
  return request.type === 'in-place' && trafficControl ? PLAN_WITH_TRAFFIC : planFor(request.type);
}

/**
 * A target's events once its work is over: those of steps that it never reached are skipped. A leg lists its own, so that
 * a plan of one leg needs nothing.
 */
export function withSkippedEvents(plan: Plan, lifecycleEvents: readonly LifecycleEvent[]): readonly LifecycleEvent[] {
  if (lifecycleEvents.length === 0 || plan.length === 1) return lifecycleEvents;
  const planned = plan.flatMap<LifecycleEvent['lifecycleEventName']>(({ events }) => events);
  const skipped = planned
    .slice(lifecycleEvents.length)
    .map((lifecycleEventName) => ({ lifecycleEventName, status: 'Skipped' as const }));
  return [...lifecycleEvents, ...skipped];
}

function leg(events: readonly LifecycleEventName[]): RunEvents {
  return { kind: 'RunEvents', events, timeoutSeconds: SILENCE_LIMIT_SECONDS + events.length * EVENT_LIMIT_SECONDS };
}
