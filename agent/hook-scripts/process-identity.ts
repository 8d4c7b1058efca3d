import { readFileSync } from 'node:fs';

/** A process, told apart from every other that had or will have its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in clock ticks since the system's start. */
  readonly startTicks: string;
  /** Which start of the system that is. */
  readonly bootId: string;
}

/** Identifies the leader of a process group. @returns undefined when there is no such process any more, or it leads no group */
export function identifyGroupLeader(pid: number): ProcessIdentity | undefined {
  return identify(pid, (group) => group === pid);
}

/** Identifies a process. @returns undefined when there is none of this number any more */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  return identify(pid, () => true);
}

/** Reads `/proc/4711/stat`: `4711 (start.sh) S 1 4711 4711 0 -1 …`, of which the 22nd field is the start time. */
function identify(pid: number, isExpectedGroup: (group: number) => boolean): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it may hold blanks and parentheses.
    const [state, , group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startTicks = rest[16];
    if (state === 'Z' || !isExpectedGroup(Number(group)) || startTicks === undefined) return undefined;
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { pid, startTicks, bootId };
  } catch {
    return undefined;
  }
}

export function isSameProcess(one: ProcessIdentity | undefined, other: ProcessIdentity | undefined): boolean {
  return one?.pid === other?.pid && one?.startTicks === other?.startTicks && one?.bootId === other?.bootId;
}
