import type { HostCommandIdentifier } from '../host-command-identifier.ts';
import type { Diagnostics } from '../lifecycle-event.ts';
import { commandState } from './command-state.ts';
import { type EventResult, type Leg, legOutcome } from './leg.ts';

/** What a host reports of a command. */
export interface Report {
  readonly status: 'Succeeded' | 'Failed';
  readonly diagnostics: Diagnostics;
  /** Events right behind the command that the revision gives no script: they are over as well. */
  readonly noopEvents: readonly string[];
}

/**
 * Takes a host's report of its current command and moves the cursor behind it.
 * The first report wins: `unchanged` for one that comes twice, late, or for a leg that was withdrawn. A report of a
 * command that was never acknowledged, or of an earlier attempt, counts: the host has done the work.
 */
export function complete(
  leg: Leg | undefined,
  command: HostCommandIdentifier,
  report: Report,
  nowMs: number,
): Leg | 'unchanged' {
  if (leg === undefined || commandState(leg, command) !== 'current') return 'unchanged';
  const { handedOut, ...rest } = leg;
  const after: Leg = {
    ...rest,
    version: leg.version + 1,
    results: [...leg.results, resultOf(report, handedOut?.startedAtMs, nowMs)],
    waitingSinceMs: nowMs,
  };
  return legOutcome(after) === undefined
    ? { ...after, results: [...after.results, ...noops(after, report, nowMs)] }
    : after;
}

function resultOf({ status, diagnostics }: Report, startedAtMs: number | undefined, endedAtMs: number): EventResult {
  const saysSomething = status === 'Failed' || diagnostics.logTail !== '' || diagnostics.scriptName !== '';
  return {
    status,
    ...(startedAtMs !== undefined && { startedAtMs }),
    endedAtMs,
    ...(saysSomething && { diagnostics }),
  };
}

/** Results for the reported no-ops, as far as they follow the cursor without a gap. */
function noops(leg: Leg, { noopEvents }: Report, nowMs: number): readonly EventResult[] {
  const next = leg.events.slice(leg.results.length);
  const gap = next.findIndex((name) => !noopEvents.includes(name));
  return next
    .slice(0, gap === -1 ? next.length : gap)
    .map(() => ({ status: 'Succeeded', endedAtMs: nowMs, noScript: true }));
}
