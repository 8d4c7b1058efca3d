import { readdir, readFile } from 'node:fs/promises';
import { awsQuotas, type JournalEntry, type ThrottlesOption } from '../rehearsal/index.ts';
import type { Assemblies } from '../stories/assemblies.ts';
import { Executions } from '../stories/executions.ts';
import { cpuMs } from './agents/process-usage.ts';
import { type EndedDeployment, FleetDeployments } from './fleet/fleet-deployments.ts';
import { suspendReplacements } from './fleet/suspend-replacements.ts';
import { type EngineTimes, engineTimes } from './launches.ts';
import { onScenario } from './scenario.ts';

export interface StormResult {
  readonly launches: number;
  /** Launches whose action was completed with CONTINUE after a succeeded deployment. */
  readonly rightlyCompleted: number;
  /** Wall milliseconds from raising the desired capacity until the last instance was in service. */
  readonly wallMs: number;
  readonly times: readonly EngineTimes[];
  /** Processor time of the rehearsal, hosts included, for all launches. */
  readonly cpuMs: number;
  /** Peak resident memory of the rehearsal and all its processes, in MiB. */
  readonly peakMemoryMiB: number;
  /** How many calls were refused because they came too often, by operation; in the deployment as well. */
  readonly throttledCalls: Readonly<Record<string, number>>;
  /** To all of them at once, afterwards. */
  readonly deployment: EndedDeployment;
  /** All there are then. */
  readonly hosts: number;
  /** Processor time of the rehearsal for the deployment. */
  readonly deploymentCpuMs: number;
}

/** From an instance's start until its agent polls for the first time: half a minute or so on EC2. */
export const BOOT_MS = 20_000;

/** Everything launches at once, what a group does after a lost zone, and is deployed to at once. */
export async function measureStorm(
  assemblies: Assemblies,
  launches: number,
  isThrottled: boolean,
): Promise<StormResult> {
  const throttles = isThrottled ? quotasFor(launches) : 'none';
  // A machine boots for a while, and polls as often as the command service asks it to, not faster.
  const simulation = { bootMs: BOOT_MS, longestPollPauseMs: 60_000 };
  return onScenario(assemblies, { speed: 1, simulation, throttles }, async ({ rehearsal, scaleTo, untilInService }) => {
    await untilInService(2);
    const memory = watchMemory();
    const [from, cpuFrom] = [Date.now(), cpuMs(process.pid)];
    await scaleTo(2 + launches);
    await untilInService(2 + launches);
    const wallMs = Date.now() - from;
    const cpu = cpuMs(process.pid) - cpuFrom;
    const peakMemoryMiB = await memory.stop();
    await rehearsal.clock.sleep(2000);
    const executions = (await new Executions(rehearsal).all()).slice(2);
    const rightlyCompleted = executions.filter(
      ({ deployment }) => deployment?.status === 'Succeeded' && deployment.lifecycleActionResult === 'CONTINUE',
    ).length;
    const times = engineTimes(rehearsal, executions);
    await suspendReplacements(rehearsal);
    const cpuBefore = cpuMs(process.pid);
    const deployment = await new FleetDeployments(rehearsal).roll('CodeDeployDefault.AllAtOnce', 'left-alone');
    const deploymentCpuMs = cpuMs(process.pid) - cpuBefore;
    const launch = { launches, rightlyCompleted, wallMs, times, cpuMs: cpu, peakMemoryMiB };
    const throttledCalls = countThrottled(rehearsal.journal.entries);
    return { ...launch, throttledCalls, deployment, hosts: 2 + launches, deploymentCpuMs };
  });
}

/** The engine asks Step Functions for nothing of this; the benchmark reads the whole storm at once. */
const READ_BY_THE_BENCHMARK = /^(DescribeExecution|GetExecutionHistory|ListExecutions)$/;

/** AWS's quotas are for a thousand launches; fewer get as many times less, and meet what a thousand would. */
function quotasFor(launches: number): ThrottlesOption {
  const share = launches / 1000;
  return Object.fromEntries(
    Object.entries(awsQuotas('us-east-1')).map(([name, { bucket, refillPerSecond }]) => [
      name,
      READ_BY_THE_BENCHMARK.test(name)
        ? { bucket: 1e6, refillPerSecond: 1e6 }
        : { bucket: Math.max(1, bucket * share), refillPerSecond: refillPerSecond * share },
    ]),
  );
}

const THROTTLED = /Throttl|RequestLimitExceeded|TooManyRequests|ProvisionedThroughputExceeded/;

function countThrottled(entries: readonly JournalEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of entries) {
    if (entry.kind !== 'call' || !THROTTLED.test(entry.error ?? '')) continue;
    counts[entry.operation] = (counts[entry.operation] ?? 0) + 1;
  }
  return counts;
}

function watchMemory(): { stop(): Promise<number> } {
  let peak = 0;
  const look = async (): Promise<void> => {
    peak = Math.max(peak, await residentMiB());
  };
  const timer = setInterval(() => void look(), 1000);
  return {
    async stop() {
      clearInterval(timer);
      await look();
      return peak;
    },
  };
}

/** Resident memory of this process and its descendants; 0 where /proc does not tell. */
async function residentMiB(): Promise<number> {
  const processes = new Map<number, { parent: number; kib: number }>();
  for (const entry of await readdir('/proc').catch(() => [])) {
    const status = /^\d+$/.test(entry) ? await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '') : '';
    const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
    const kib = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
    if (parent !== undefined && kib !== undefined)
      processes.set(Number(entry), { parent: Number(parent), kib: Number(kib) });
  }
  const isOurs = (pid: number): boolean => pid === process.pid || isChildOfOurs(pid);
  const isChildOfOurs = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent;
    return parent !== undefined && parent > 1 && isOurs(parent);
  };
  let kib = 0;
  for (const [pid, { kib: own }] of processes) if (isOurs(pid)) kib += own;
  return kib / 1024;
}
