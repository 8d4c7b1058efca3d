import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Rehearsal } from '../../rehearsal/index.ts';
import type { Assemblies } from '../../stories/assemblies.ts';
import { memoryMiB } from '../agents/process-usage.ts';
import { onScenario } from '../scenario.ts';

/** A fleet of real hosts, each with its own disk, agent and application. */
export interface HostsMeasure {
  readonly hosts: number;
  /** From the decision to launch an instance until its agent knows its host and asks for commands. */
  readonly startMs: readonly number[];
  /** From raising the desired capacity until the last host was in service. */
  readonly wallMs: number;
  /** Proportional set size of the whole rehearsal: cloud, functions, hosts. */
  readonly memory: { readonly peakMiB: number; readonly atRestMiB: number };
  /** What the disks of the hosts take on this machine's. */
  readonly diskMiB: number;
}

/** What the example fleet starts with. */
const FIRST_HOSTS = 2;
const SAMPLE_MS = 2_000;
const SETTLE_MS = 5_000;

/** Launches real hosts until there are `hosts` of them, in real time. @param assemblies with the agent */
export async function measureHosts(assemblies: Assemblies, hosts: number): Promise<HostsMeasure> {
  return onScenario(assemblies, { speed: 1, hosts: 'processes' }, async ({ rehearsal, scaleTo, untilInService }) => {
    await untilInService(FIRST_HOSTS);
    let peakMiB = 0;
    const timer = setInterval(() => {
      peakMiB = Math.max(peakMiB, memoryMiB(process.pid));
    }, SAMPLE_MS);
    try {
      const from = performance.now();
      await scaleTo(hosts);
      await untilInService(hosts);
      const wallMs = performance.now() - from;
      await rehearsal.clock.sleep(SETTLE_MS);
      const memory = { peakMiB, atRestMiB: memoryMiB(process.pid) };
      return { hosts, startMs: startTimes(rehearsal), wallMs, memory, diskMiB: await diskMiB(rehearsal.directory) };
    } finally {
      clearInterval(timer);
    }
  });
}

/** The agent says who it is right before it asks for the first time. In real time, rehearsed milliseconds are real. */
function startTimes({ journal }: Rehearsal): number[] {
  const launchedAt = new Map<string, number>();
  const times = new Map<string, number>();
  for (const entry of journal.entries) {
    if (entry.kind === 'instance' && !launchedAt.has(entry.instanceId)) launchedAt.set(entry.instanceId, entry.at);
    if (entry.kind !== 'console' || !entry.line.includes('"this host"') || times.has(entry.instanceId)) continue;
    times.set(entry.instanceId, entry.at - (launchedAt.get(entry.instanceId) ?? Number.NaN));
  }
  return [...times.values()].slice(FIRST_HOSTS);
}

async function diskMiB(directory: string): Promise<number> {
  const { stdout } = await promisify(execFile)('du', ['-skx', directory]);
  return Number.parseInt(stdout, 10) / 1024;
}
