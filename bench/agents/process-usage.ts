import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux
const SAMPLE_MS = 50;

/** What a process and its descendants have used. */
export interface Usage {
  readonly cpuMs: number;
  /** Most memory at one moment: proportional set size of all of them. */
  readonly peakMiB: number;
}

/** Watches a process and whatever it starts, from now on. */
export class UsageWatch {
  readonly #pid: number;
  readonly #cpuBeforeMs: number;
  readonly #timer: NodeJS.Timeout;
  #peakMiB: number;

  constructor(pid: number) {
    this.#pid = pid;
    this.#cpuBeforeMs = cpuMs(pid);
    this.#peakMiB = memoryMiB(pid);
    this.#timer = setInterval(() => {
      this.#peakMiB = Math.max(this.#peakMiB, memoryMiB(pid));
    }, SAMPLE_MS);
  }

  end(): Usage {
    clearInterval(this.#timer);
    return { cpuMs: cpuMs(this.#pid) - this.#cpuBeforeMs, peakMiB: this.#peakMiB };
  }
}

/** Memory of a process and its descendants: proportional set size, so that what they share counts once. */
export function memoryMiB(pid: number): number {
  return treeOf(pid).reduce((total, member) => total + pssKiB(member), 0) / 1024;
}

/** Processor time of a process, of its living descendants and of those it has waited for. */
export function cpuMs(pid: number): number {
  const ticks = treeOf(pid).reduce((total, member) => {
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = statFields(member).slice(11, 15).map(Number);
    return total + utime + stime + cutime + cstime;
  }, 0);
  return (ticks * 1000) / TICKS_PER_SECOND;
}

function treeOf(root: number): number[] {
  const tree = [root];
  for (const member of tree) tree.push(...childrenOf(member));
  return tree;
}

/** The kernel lists children by the thread that started them. */
function childrenOf(pid: number): number[] {
  return threadsOf(pid).flatMap((thread) =>
    readIfThere(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Fields of `/proc/<pid>/stat` behind the name, from the state on; none when the process is gone. */
function statFields(pid: number): string[] {
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function pssKiB(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
