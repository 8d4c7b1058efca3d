import { NO_SCRIPT } from '../diagnostics.ts';
import type { Diagnostics, LifecycleEvent, LifecycleEventName, LifecycleEventStatus } from '../lifecycle-event.ts';

/**
 * The work of one host between two steps of the engine: lifecycle events in order, and how far the host is.
 * The mailbox holds one leg. Every change counts `version` up and is written only over the version it was made
 * from, so that of two calls at the same moment one does nothing.
 */
export interface Leg {
  readonly deploymentId: string;
  /** Place among the steps of the target's plan, from 1. */
  readonly legNumber: number;
  readonly version: number;
  readonly events: readonly LifecycleEventName[];
  /** One per event that is over; their number is the cursor. */
  readonly results: readonly EventResult[];
  /** Since when the current command waits for the host to fetch it, or for its end, in milliseconds since the epoch. */
  readonly waitingSinceMs: number;
  /** The current command, once it was handed out. */
  readonly handedOut?: HandedOut;
  /** Failures of these events do not end the leg. */
  readonly toleratedFailures: readonly LifecycleEventName[];
  /** The deployment was stopped: the leg ends once so many events are over. */
  readonly endsAfter?: number;
  /** How long nothing may be heard of the host; the engine's own limit where it is missing. */
  readonly silenceLimitSeconds?: number;
  /** Name of the role the host must speak with; any role while it is not known. */
  readonly instanceRoleName?: string;
}

export interface HandedOut {
  readonly attempt: number;
  readonly startedAtMs: number;
  /** The attempt that the host runs; missing until it has acknowledged one. */
  readonly acknowledgedAttempt?: number;
  /** When the host was last heard of; missing until AWS's agent, which need not ask while it works, has asked. */
  readonly heardAtMs?: number;
}

export interface EventResult {
  readonly status: 'Succeeded' | 'Failed';
  readonly startedAtMs?: number;
  readonly endedAtMs: number;
  /** Left out where there is nothing to say, which keeps a write small. */
  readonly diagnostics?: Diagnostics;
  /** The revision gives the event no script. */
  readonly noScript?: true;
}

export type NewLeg = Pick<
  Leg,
  'deploymentId' | 'legNumber' | 'events' | 'toleratedFailures' | 'instanceRoleName' | 'silenceLimitSeconds'
>;

/** A leg that no command has been fetched from. */
export function newLeg(leg: NewLeg, nowMs: number): Leg {
  return { ...leg, version: 1, results: [], waitingSinceMs: nowMs };
}

/** The lifecycle event that the host runs or should run next; undefined once the leg is over. */
export function currentEvent(leg: Leg): LifecycleEventName | undefined {
  return legOutcome(leg) === undefined ? leg.events[leg.results.length] : undefined;
}

/** `Stopped`: it was ended before all of its events had run. */
export type LegOutcome = 'Succeeded' | 'Failed' | 'Stopped';

/** How the leg ended; undefined while it runs. */
export function legOutcome(leg: Leg): LegOutcome | undefined {
  const failed = leg.results.some(({ status }, index) => status === 'Failed' && !isTolerated(leg, index));
  if (failed) return 'Failed';
  if (leg.results.length === leg.events.length) return 'Succeeded';
  return leg.endsAfter !== undefined && leg.results.length >= leg.endsAfter ? 'Stopped' : undefined;
}

/** The leg's part of a deployment's record. What never began is `Skipped`, what was under way `Unknown`. */
export function lifecycleEventsOf(leg: Leg): readonly LifecycleEvent[] {
  return leg.events.map((lifecycleEventName, index) => {
    const result = leg.results[index];
    const diagnostics = result?.noScript ? NO_SCRIPT : result?.diagnostics;
    return result
      ? {
          lifecycleEventName,
          status: result.status,
          startTime: iso(result.startedAtMs ?? result.endedAtMs),
          endTime: iso(result.endedAtMs),
          ...(diagnostics && { diagnostics }),
        }
      : unfinished(leg, lifecycleEventName);
  });
}

function unfinished(leg: Leg, lifecycleEventName: LifecycleEventName): LifecycleEvent {
  const isUnderWay = lifecycleEventName === currentEvent(leg) && leg.handedOut !== undefined;
  const status: LifecycleEventStatus = isUnderWay ? 'Unknown' : 'Skipped';
  return {
    lifecycleEventName,
    status,
    ...(isUnderWay && leg.handedOut && { startTime: iso(leg.handedOut.startedAtMs) }),
  };
}

function isTolerated(leg: Leg, index: number): boolean {
  const name = leg.events[index];
  return name !== undefined && leg.toleratedFailures.includes(name);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
