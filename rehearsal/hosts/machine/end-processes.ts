import { setTimeout as wallDelay } from 'node:timers/promises';
import { readProcessTable, relatedProcesses } from './process-table.ts';
import type { ProcessEntry } from './process-table.ts';

const LOOK_AGAIN_MS = 10;
const KILL_ROUNDS = 100;

/**
 * Ends every process that carries the marks, with its session and descendants: TERM, after the grace KILL, until none is left.
 * @param marks environment entries, `NAME=value`
 * @param graceMs wall milliseconds: a processor is not hurried
 * @returns processes that even KILL did not end (another user's, or stuck in the kernel)
 */
export async function endProcesses(marks: readonly string[], graceMs: number): Promise<ProcessEntry[]> {
  const remaining = tracker(marks);
  const deadline = performance.now() + graceMs;

  signal(remaining(), 'SIGTERM');
  while (performance.now() < deadline && remaining().length > 0) await wallDelay(LOOK_AGAIN_MS);
  // In rounds: a process may fork between the look and the signal.
  for (let round = 0; round < KILL_ROUNDS && remaining().length > 0; round++) {
    signal(remaining(), 'SIGKILL');
    await wallDelay(LOOK_AGAIN_MS);
  }
  return remaining();
}

/** For a program on its way out: kills what carries the marks now, without waiting. */
export function killProcesses(marks: readonly string[]): void {
  signal(relatedProcesses(readProcessTable(marks)), 'SIGKILL');
}

/** Remembers whom it once found: when a parent is gone, nothing else links a child that cleared its environment. */
function tracker(marks: readonly string[]): () => ProcessEntry[] {
  const known = new Map<number, number>();
  return () => {
    const table = readProcessTable(marks);
    for (const { pid, startTicks } of relatedProcesses(table)) known.set(pid, startTicks);
    return table.filter(({ pid, startTicks }) => known.get(pid) === startTicks);
  };
}

function signal(processes: readonly ProcessEntry[], name: 'SIGTERM' | 'SIGKILL'): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name);
    } catch {
      // It ended by itself, or belongs to another user: the next look tells.
    }
  }
}
