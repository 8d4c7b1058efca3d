import { readdirSync, readFileSync } from 'node:fs';

/** A living process of this system. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  readonly session: number;
  /** Clock ticks since boot: tells a process from a later one that was given the same id. */
  readonly startTicks: number;
  /** Whether its environment holds all entries that were asked for. */
  readonly marked: boolean;
}

/**
 * All living processes that this user may look at (Linux: `/proc`).
 * Read in one go: a table gathered while others run would miss what forks in between.
 * @param marks environment entries, `NAME=value`
 */
export function readProcessTable(marks: readonly string[]): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readProcess(pid, marks) ?? []);
}

/** @returns undefined for a process that ended meanwhile, or that belongs to another user */
function readProcess(pid: string, marks: readonly string[]): ProcessEntry | undefined {
  try {
    const environment = `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`;
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return { ...parseStat(stat), marked: marks.every((mark) => environment.includes(`\0${mark}\0`)) };
  } catch {
    return undefined;
  }
}

/**
 * 4711 (a name) S 1 4711 4711 0 -1 … : process id, name in brackets, state, parent, group, session; start time is field 22.
 * The name may hold blanks and brackets, so fields are counted from its last bracket.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function parseStat(stat: string): Omit<ProcessEntry, 'marked'> {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = '', parentPid, , session] = fields;
  if ('ZX'.includes(state)) throw new Error('already dead');
  return {
    pid: Number.parseInt(stat, 10),
    parentPid: Number(parentPid),
    session: Number(session),
    startTicks: Number(fields[19]),
  };
}

/**
 * The marked processes, their sessions and all their descendants: a program that cleared its environment is found
 * by its session or by its parent, one that left session and parent by its environment.
 */
export function relatedProcesses(table: readonly ProcessEntry[]): ProcessEntry[] {
  const sessions = new Set(table.filter(({ marked }) => marked).map(({ session }) => session));
  // A machine's programs get sessions of their own; the rehearsal's is the terminal of its user.
  sessions.delete(table.find(({ pid }) => pid === process.pid)?.session ?? 0);
  const related = new Map(
    table.filter(({ marked, session }) => marked || sessions.has(session)).map((entry) => [entry.pid, entry]),
  );
  for (let before = -1; before !== related.size;) {
    before = related.size;
    for (const entry of table) if (related.has(entry.parentPid)) related.set(entry.pid, entry);
  }
  related.delete(process.pid);
  return [...related.values()];
}
