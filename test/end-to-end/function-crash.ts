import { execFileSync } from 'node:child_process';
import type { Cloud } from './cloud.ts';

/** Which of a function's writes to the table kill it, counted from 1: at times the repeated one again, at times a later one. */
const FATAL_WRITES: ReadonlySet<number> = new Set([1, 2, 4, 7]);

/**
 * From now on, kills the processes of a function of the engine as soon as one of the fatal writes is done, before the
 * function learns of it.
 * @param construct id of the function's construct in the engine; its role has it in its name
 * @returns what ends it
 */
export async function crashFunction(cloud: Cloud, construct: string): Promise<() => void> {
  const functionName = await cloud.resource('SlipwayEngine', new RegExp(`${construct}Function[0-9A-F]{8}$`));
  let writes = 0;
  return cloud.rehearsal.journal.follow((entry) => {
    if (entry.kind !== 'call' || !entry.caller.includes(construct)) return;
    if (entry.operation !== 'PutItem' && entry.operation !== 'UpdateItem') return;
    writes += 1;
    if (!FATAL_WRITES.has(writes)) return;
    // The answer has not left yet: the function is still waiting for it.
    for (const pid of environmentsOf(functionName)) process.kill(pid, 'SIGKILL');
  });
}

/** Process ids of a function's execution environments, which are told where to keep their compiled code. */
function environmentsOf(functionName: string): number[] {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)]).toString();
  return children
    .split('\n')
    .filter((line) => line.includes(functionName))
    .map((line) => Number.parseInt(line, 10));
}
