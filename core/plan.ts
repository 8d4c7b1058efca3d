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

/**
 * How long nothing may be heard of a host that has work, unless its group says otherwise. A fresh instance boots and
 * installs the agent within it, and one that restarts is back.
 */
export const SILENCE_LIMIT_SECONDS = 5 * 60;

/** The longest that a group may ask for. */
export const LONGEST_SILENCE_LIMIT_SECONDS = 3600;

/** How often a host that is at work says so. */
export const PROGRESS_INTERVAL_SECONDS = 60;

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

/** A host that was prepared in a warm pool: its machine may have been switched off since, with what ran on it. */
const PLAN_OF_PREPARED: Plan = [
  leg(['ApplicationStart', 'ValidateService', 'BeforeAllowTraffic', 'AfterAllowTraffic']),
];

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
export function planOf({
  request,
  trafficControl,
  isInstalled,
}: Pick<Target, 'request' | 'trafficControl' | 'isInstalled'>): Plan {
  if (isInstalled) return PLAN_OF_PREPARED;
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
  return {
    kind: 'RunEvents',
    events,
    timeoutSeconds: LONGEST_SILENCE_LIMIT_SECONDS + events.length * EVENT_LIMIT_SECONDS,
  };
}
