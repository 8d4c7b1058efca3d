import type { JournalEntry } from '../rehearsal/index.ts';

/** What a stretch of journal used, in numbers that a budget can be set on. */
export interface Counts {
  readonly transitions: number;
  /** Invocations by the function's logical id without CDK's hash. */
  readonly invocations: Readonly<Record<string, number>>;
  readonly tableWrites: number;
  /** Reads by the engine's functions and its state machine. */
  readonly tableReads: number;
  /** Reads on behalf of agents: they grow with polls. */
  readonly agentReads: number;
  readonly queueRequests: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);
const READS = new Set(['GetItem', 'Query', 'BatchGetItem', 'Scan']);

/** Counts what roles of the stacks did; an operator's own calls are not the engine's. */
export function countUsage(entries: readonly JournalEntry[]): Counts {
  const invocations: Record<string, number> = {};
  let transitions = 0;
  let tableWrites = 0;
  let tableReads = 0;
  let agentReads = 0;
  let queueRequests = 0;
  for (const entry of entries) {
    if (entry.kind === 'transition') transitions += 1;
    if (entry.kind === 'invocation') {
      const name = functionNameOf(entry.logicalId);
      invocations[name] = (invocations[name] ?? 0) + 1;
    }
    if (entry.kind !== 'call' || !entry.caller.includes(':assumed-role/') || entry.caller.includes('/AWSServiceRole'))
      continue;
    if (entry.service === 'sqs') queueRequests += 1;
    if (entry.service !== 'dynamodb') continue;
    if (WRITES.has(entry.operation)) tableWrites += 1;
    if (READS.has(entry.operation) && isAgentTraffic(entry.caller)) agentReads += 1;
    else if (READS.has(entry.operation)) tableReads += 1;
  }
  return { transitions, invocations, tableWrites, tableReads, agentReads, queueRequests };
}

/** The function that hosts talk to, or its role: agents' calls are counted apart. */
export function isAgentTraffic(functionOrRole: string): boolean {
  return functionOrRole.includes('Commands');
}

/** `Orchestrator` for the logical id `EngineOrchestratorFunctionD530E963`. */
export function functionNameOf(logicalId: string): string {
  return logicalId.replace(/^Engine/, '').replace(/Function[0-9A-F]{8}$/, '');
}
