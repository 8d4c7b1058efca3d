import type { JournalEntry } from '../../rehearsal/index.ts';
import { billFor } from '../../stories/bill/bill.ts';
import { PRICES } from '../../stories/bill/prices.ts';

/** What a deployment used for one of its targets; where nothing else is said, on average. */
export interface UsagePerTarget {
  /** With the share of what the fleet as such takes. */
  readonly transitions: number;
  /** Of the target that took most, without what the fleet as such takes. */
  readonly mostTransitions: number;
  /** By the engine; agents ask whether there is a deployment or not. */
  readonly invocations: number;
  /** By the engine, and for agents. */
  readonly tableWriteUnits: number;
  /** By the engine. */
  readonly tableReadUnits: number;
  /** List price of all these. */
  readonly usd: number;
}

/** Reads what a deployment used from what a rehearsal saw meanwhile. */
export function usagePerTarget(entries: readonly JournalEntry[], targets: number): UsagePerTarget {
  const { engine, hosts, totalUsd } = billFor(entries, targets);
  const forPolls = hosts.lambdaRequests * PRICES.lambdaRequest + hosts.tableReadUnits * PRICES.tableReadUnit;
  return {
    transitions: engine.stateTransitions / targets,
    mostTransitions: mostTransitions(entries),
    invocations: engine.lambdaRequests / targets,
    tableWriteUnits: (engine.tableWriteUnits + hosts.tableWriteUnits) / targets,
    tableReadUnits: engine.tableReadUnits / targets,
    usd: (totalUsd - forPolls - hosts.lambdaGigabyteSeconds * PRICES.lambdaGigabyteSecond) / targets,
  };
}

/** In a line for a person. */
export function usageLine(usage: UsagePerTarget): string {
  const { transitions, mostTransitions, invocations, tableWriteUnits, tableReadUnits, usd } = usage;
  return (
    `      per target: ${transitions.toFixed(1)} transitions (of a target at most ${mostTransitions}), ` +
    `${invocations.toFixed(1)} Lambda invocations, ${tableWriteUnits.toFixed(1)} write and ${tableReadUnits.toFixed(1)} read units, ` +
    `${(usd * 1000).toFixed(3)} USD per thousand`
  );
}

/** The one state that the fleet's Map enters for each target, in an execution that does not name it. */
const TRANSITIONS_OF_MAP = 1;

function mostTransitions(entries: readonly JournalEntry[]): number {
  const byTarget = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind !== 'transition' || !entry.executionArn.includes(':in-place-')) continue;
    byTarget.set(entry.executionArn, (byTarget.get(entry.executionArn) ?? 0) + 1);
  }
  return Math.max(0, ...byTarget.values()) + TRANSITIONS_OF_MAP;
}
