import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Rehearsal } from '../../rehearsal/index.ts';
import type { Assemblies } from '../../stories/assemblies.ts';
import { memoryMiB } from '../agents/process-usage.ts';
import { onScenario } from '../scenario.ts';

/** A fleet of real hosts, each with its own disk, agent and application. */
export interface HostsMeasure {
  readonly hosts: number;
  /** From the decision to launch an instance until … */
  readonly start: {
    /** … its disk, address and metadata are there, and user data begins. */
    readonly userDataMs: readonly number[];
    /** … its agent knows its host and asks for commands. */
    readonly pollMs: readonly number[];
    readonly inServiceMs: readonly number[];
  };
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
      return { hosts, start: startTimes(rehearsal), wallMs, memory, diskMiB: await diskMiB(rehearsal.directory) };
    } finally {
      clearInterval(timer);
    }
  });
}

/** In real time, rehearsed milliseconds are real. */
function startTimes({ journal, directory }: Rehearsal): HostsMeasure['start'] {
  const { entries } = journal;
  const launchedAt = firstOf(entries.filter(({ kind }) => kind === 'instance'));
  const afterLaunch = (moments: ReadonlyMap<string, number>): number[] =>
    [...launchedAt].slice(FIRST_HOSTS).map(([instanceId, at]) => (moments.get(instanceId) ?? Number.NaN) - at);
  // The last thing that is written before a machine's first program starts.
  const userData = (instanceId: string): string =>
    join(directory, 'hosts', instanceId, 'var/lib/cloud/instance/user-data.txt');
  return {
    userDataMs: afterLaunch(new Map([...launchedAt.keys()].map((id) => [id, statSync(userData(id)).mtimeMs]))),
    // The agent says who it is right before it asks for the first time.
    pollMs: afterLaunch(
      firstOf(entries.filter((entry) => entry.kind === 'console' && entry.line.includes('"this host"'))),
    ),
    inServiceMs: afterLaunch(
      firstOf(entries.filter((entry) => entry.kind === 'instance' && entry.lifecycleState === 'InService')),
    ),
  };
}

/** When each instance had its first of these entries. */
function firstOf(entries: Rehearsal['journal']['entries']): Map<string, number> {
  const moments = new Map<string, number>();
  for (const entry of entries) {
    if ('instanceId' in entry && entry.instanceId !== undefined && !moments.has(entry.instanceId))
      moments.set(entry.instanceId, entry.at);
  }
  return moments;
}

async function diskMiB(directory: string): Promise<number> {
  const { stdout } = await promisify(execFile)('du', ['-skx', directory]);
  return Number.parseInt(stdout, 10) / 1024;
}
