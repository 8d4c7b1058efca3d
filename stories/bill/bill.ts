import type { JournalEntry } from '../../rehearsal/index.ts';
import { PRICES } from './prices.ts';

/** What was used, in the units that AWS bills. */
export interface Usage {
  readonly stateTransitions: number;
  readonly lambdaRequests: number;
  readonly lambdaGigabyteSeconds: number;
  readonly tableWriteUnits: number;
  readonly tableReadUnits: number;
  readonly queueRequests: number;
}

/** Usage by the engine itself, and by the hosts that poll it; costs in USD. */
export interface Bill {
  readonly engine: Usage;
  readonly hosts: Usage;
  readonly deployments: number;
  readonly totalUsd: number;
  readonly usdPerDeployment: number;
}

/** The functions that hosts talk to; what they use grows with hosts and their polls, not with deployments alone. */
const FUNCTIONS_FOR_HOSTS = /Commands|SecretDoor/;

/** Adds up the journal of a rehearsal. */
export function billFor(journal: readonly JournalEntry[], deployments: number): Bill {
  const hosts = usage(journal.filter(isHostTraffic));
  const engine = usage(journal.filter((entry) => !isHostTraffic(entry)));
  const totalUsd = cost(engine) + cost(hosts);
  return { engine, hosts, deployments, totalUsd, usdPerDeployment: deployments === 0 ? 0 : totalUsd / deployments };
}

function isHostTraffic(entry: JournalEntry): boolean {
  if (entry.kind === 'invocation') return FUNCTIONS_FOR_HOSTS.test(entry.logicalId);
  return entry.kind === 'call' && FUNCTIONS_FOR_HOSTS.test(entry.caller);
}

/** Calls of the operator and of AWS's own services are not the engine's: only roles of the stacks count. */
function isBilledCall(entry: JournalEntry): entry is JournalEntry & { kind: 'call' } {
  return entry.kind === 'call' && entry.caller.includes(':assumed-role/') && !entry.caller.includes('/AWSServiceRole');
}

function usage(entries: readonly JournalEntry[]): Usage {
  const calls = entries.filter(isBilledCall);
  const invocations = entries.filter((entry) => entry.kind === 'invocation');
  return {
    stateTransitions: entries.filter(({ kind }) => kind === 'transition').length,
    lambdaRequests: invocations.length,
    lambdaGigabyteSeconds: sum(
      invocations,
      ({ memoryMb, durationMs }) => (memoryMb / 1024) * (Math.ceil(durationMs) / 1000),
    ),
    tableWriteUnits: sum(calls, ({ writeUnits = 0 }) => writeUnits),
    tableReadUnits: sum(calls, ({ readUnits = 0 }) => readUnits),
    queueRequests: calls.filter(({ service }) => service === 'sqs').length,
  };
}

/** USD at list prices. */
export function cost(usage: Usage): number {
  return (
    usage.stateTransitions * PRICES.stateTransition +
    usage.lambdaRequests * PRICES.lambdaRequest +
    usage.lambdaGigabyteSeconds * PRICES.lambdaGigabyteSecond +
    usage.tableWriteUnits * PRICES.tableWriteUnit +
    usage.tableReadUnits * PRICES.tableReadUnit +
    usage.queueRequests * PRICES.queueRequest
  );
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
