import { mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningAgent, StartAgent } from './agents.ts';
import { CommandDesk, type Road } from './command-desk.ts';
import { memoryMiB, type Usage, UsageWatch } from './process-usage.ts';
import { EMPTY, packRevision, type Revision, REVISIONS } from './revisions.ts';

/** One deployment of one revision. */
export interface DeploymentMeasure extends Usage {
  readonly revision: Revision;
  /** From the moment it was offered to the report of its last event: the whole road. */
  readonly wholeMs: number;
  /** Unpacking and installing: the agent's own part of it. */
  readonly downloadMs: number;
  readonly installMs: number;
}

export interface AgentMeasure {
  readonly deployments: readonly DeploymentMeasure[];
  /** From the poll that found the deployment to the first line of its first script. */
  readonly firstScriptMs: readonly number[];
  /** Seven lifecycle events of a revision without files and scripts, polls included. */
  readonly emptyMs: readonly number[];
  /** Memory while the agent only polls, after so many deployments. */
  readonly restingMemory: readonly { readonly deployments: number; readonly mib: number }[];
}

export interface Extent {
  readonly revisions: readonly Revision[];
  /** Empty deployments: memory is looked at after one, after half and after all of them. */
  readonly emptyDeployments: number;
}

/** Deploys the revisions to a host of its own, and measures the agent while it works and while it waits. */
export async function measureAgent(start: StartAgent, extent: Extent): Promise<AgentMeasure> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-agent-'));
  const desk = await CommandDesk.open();
  const agent = start(desk, join(directory, 'host'));
  try {
    return await measure({ desk, agent, directory }, extent);
  } finally {
    await agent.stop();
    desk.close();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Bench {
  readonly desk: CommandDesk;
  readonly agent: RunningAgent;
  readonly directory: string;
}

async function measure(bench: Bench, { revisions, emptyDeployments }: Extent): Promise<AgentMeasure> {
  const bundle = await packed(EMPTY, bench);
  const emptyMs: number[] = [];
  const restingMemory: { deployments: number; mib: number }[] = [];
  // The first finds an agent that starts, and has it load what it loads late.
  for (const until of [1, Math.ceil(emptyDeployments / 2), emptyDeployments]) {
    while (emptyMs.length < until) emptyMs.push(wholeMs(await bench.desk.deploy(deploymentId(), bundle)));
    await sleep(SETTLE_MS);
    restingMemory.push({ deployments: emptyMs.length, mib: memoryMiB(bench.agent.pid) });
  }
  emptyMs.shift();

  const deployments: DeploymentMeasure[] = [];
  for (const revision of revisions) deployments.push(await measureDeployment(revision, bench));
  return { deployments, firstScriptMs: await firstScripts(bench), emptyMs, restingMemory };
}

async function measureDeployment(revision: Revision, bench: Bench): Promise<DeploymentMeasure> {
  const bundle = await packed(revision, bench);
  const watch = new UsageWatch(bench.agent.pid);
  const road = await bench.desk.deploy(deploymentId(), bundle);
  return {
    revision,
    wholeMs: wholeMs(road),
    downloadMs: eventMs(road, 'DownloadBundle'),
    installMs: eventMs(road, 'Install'),
    ...watch.end(),
  };
}

/** The script of `BeforeInstall` notes the time; the clock's two forms differ by the origin of the monotonic one. */
async function firstScripts(bench: Bench): Promise<number[]> {
  const times: number[] = [];
  const bundle = await packed(REVISIONS.few, bench);
  for (let round = 0; round < SCRIPT_ROUNDS; round += 1) {
    const road = await bench.desk.deploy(deploymentId(), bundle);
    const ranAtMs = Number(readFileSync(scriptRan(bench), 'utf8')) / 1e6;
    times.push(ranAtMs - (performance.timeOrigin + road.foundAtMs));
  }
  return times;
}

async function packed(revision: Revision, bench: Bench): Promise<string> {
  const bundle = join(bench.directory, 'bundle.zip');
  const destination = join(bench.directory, 'installed');
  mkdirSync(destination, { recursive: true });
  await packRevision(revision, { bundle, destination, scriptRan: scriptRan(bench) });
  return bundle;
}

const scriptRan = ({ directory }: Bench): string => join(directory, 'script-ran');
const wholeMs = ({ offeredAtMs, events }: Road): number => (events.at(-1)?.toMs ?? Number.NaN) - offeredAtMs;

function eventMs({ events }: Road, wanted: string): number {
  const event = events.find(({ name }) => name === wanted);
  return event ? event.toMs - event.fromMs : Number.NaN;
}

const SETTLE_MS = 2_000; // until what a deployment left behind has been collected
const SCRIPT_ROUNDS = 10;

let deployments = 0;
function deploymentId(): string {
  deployments += 1;
  return `d-${String(deployments).padStart(9, '0')}`;
}
