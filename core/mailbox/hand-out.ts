import type { HostCommandIdentifier } from '../host-command-identifier.ts';
import { type Leg, currentEvent } from './leg.ts';

/**
 * Which agent asks. Ours runs one command at a time and asks only with empty hands, so that fetching a command is as
 * good as acknowledging it. AWS's asks on while it works, runs what it is given twice, and acknowledges.
 */
export type AgentKind = 'slipway' | 'aws';

/** How long a command that AWS's agent fetched, but did not acknowledge, counts as on its way. */
const UNACKNOWLEDGED_SECONDS = 60;

/** Hands the current command to a host that asks for one; `unchanged` when it has none to give now. */
export function handOut(leg: Leg, agent: AgentKind, nowMs: number): Leg | 'unchanged' {
  if (currentEvent(leg) === undefined) return 'unchanged';
  if (agent === 'aws' && isOnItsWay(leg, nowMs)) return 'unchanged';
  const attempt = (leg.handedOut?.attempt ?? 0) + 1;
  return {
    ...leg,
    version: leg.version + 1,
    waitingSinceMs: nowMs,
    handedOut: {
      attempt,
      startedAtMs: leg.handedOut?.startedAtMs ?? nowMs,
      ...(agent === 'slipway' && { acknowledgedAttempt: attempt, heardAtMs: nowMs }),
    },
  };
}

/** The current command of a leg that was handed out; undefined while there is none. */
export function handedOutCommand(leg: Leg, hostId: string): HostCommandIdentifier | undefined {
  const commandName = currentEvent(leg);
  if (commandName === undefined || leg.handedOut === undefined) return undefined;
  return {
    deploymentId: leg.deploymentId,
    legNumber: leg.legNumber,
    index: leg.results.length,
    commandName,
    hostId,
    attempt: leg.handedOut.attempt,
  };
}

/** The events that follow the current one. */
export function remainingEvents(leg: Leg): readonly string[] {
  return leg.events.slice(leg.results.length + 1);
}

function isOnItsWay({ handedOut, waitingSinceMs }: Leg, nowMs: number): boolean {
  if (handedOut === undefined) return false;
  return handedOut.acknowledgedAttempt !== undefined || nowMs - waitingSinceMs < UNACKNOWLEDGED_SECONDS * 1000;
}
