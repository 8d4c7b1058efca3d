import { parseArgs } from 'node:util';
import { Assemblies } from '../stories/assemblies.ts';
import { Interrupted } from '../stories/interruption.ts';
import { measureAgents } from './agents/section.ts';
import { measureApi } from './api/section.ts';
import { measureBundles } from './bundles.ts';
import { measureFleets } from './fleet/section.ts';
import { usageLine, usagePerTarget } from './fleet/usage-per-target.ts';
import { measureHeartbeats } from './heartbeats.ts';
import { measureFleetOfHosts } from './hosts/section.ts';
import { measureChaos, measurePermissions } from './programs.ts';
import { percentile, spread, verdict } from './statistics.ts';
import { measureSteadyLaunches } from './steady.ts';
import { BOOT_MS, measureStorm, type StormResult } from './storm.ts';
import { measureTrouble } from './trouble/section.ts';
import { isAgentTraffic } from './usage.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    throttles: { type: 'boolean', default: false },
    'aws-agent': { type: 'string' },
  },
});
const size = values.short ? { rounds: 2, perRound: 2, storm: 100 } : { rounds: 10, perRound: 3, storm: 1000 };

const say = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

// Simulated hosts install no agent.
const assemblies = await Assemblies.create({ agentArchitectures: '' });
const sections = { launches: steady, heartbeats, trouble, fleets, storm, api, hosts, agents, permissions, chaos };
try {
  for (const [name, measure] of Object.entries(sections)) {
    if (values.only === undefined || values.only === name) await measure();
  }
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  process.exitCode = 130;
} finally {
  await assemblies.remove();
}

async function steady(): Promise<void> {
  const { times, counts, launches, coldStarts } = await measureSteadyLaunches(assemblies, size);
  const engineInvocations = Object.entries(counts.invocations).filter(([name]) => !isAgentTraffic(name));
  const engineTotal = engineInvocations.reduce((total, [, count]) => total + count, 0);
  say(`Launches in real time (${launches} launches, ${size.perRound} at once, simulated hosts)`);
  say(
    `  hook message → first command   ${spread(times.map(({ noticeToFirstCommandMs }) => noticeToFirstCommandMs))}   aim: p50 ≤ 1,000 ms`,
  );
  say(
    `  last event → completed action  ${spread(times.map(({ lastEventToCompletionMs }) => lastEventToCompletionMs))}   aim: p50 ≤ 500 ms`,
  );
  say(
    `  per launch: ${perLaunch(counts.transitions)} transitions (aim ≤ 16), ${perLaunch(engineTotal)} Lambda invocations (aim ≤ 8), ${perLaunch(counts.tableWrites)} table writes (aim ≤ 20), ${perLaunch(counts.tableReads)} reads (and ${perLaunch(counts.agentReads)} for agents, which poll ten times a second here)`,
  );
  say(
    `  invocations by function: ${Object.entries(counts.invocations)
      .map(([name, count]) => `${name} ${perLaunch(count)}`)
      .join(', ')}`,
  );
  say();
  say('Functions');
  for (const { functionName, bytes } of await measureBundles(await assemblies.withRevision('web-app'))) {
    const starts = coldStarts[functionName] ?? [];
    const start = starts.length === 0 ? 'not started' : `start p50 ${percentile(starts, 0.5).toFixed(0)} ms`;
    say(`  ${functionName.padEnd(28)} ${(bytes / 1024).toFixed(0).padStart(5)} KiB   ${start}`);
  }
  say();

  function perLaunch(count: number): string {
    return (count / launches).toFixed(1);
  }
}

async function heartbeats(): Promise<void> {
  const beat = await measureHeartbeats(assemblies);
  say(`Heartbeats (${beat.heartbeats} counted)`);
  say(
    `  per heartbeat: ${beat.transitionsPerHeartbeat.toFixed(1)} transitions (aim ≤ 2), ${beat.invocationsPerHeartbeat.toFixed(1)} Lambda invocations, ${beat.tableWritesPerHeartbeat.toFixed(1)} table writes`,
  );
  say();
}

async function storm(): Promise<void> {
  const result = await measureStorm(assemblies, size.storm, values.throttles);
  say(
    `A storm of ${result.launches} launches at once (simulated hosts, real time, first poll ${BOOT_MS / 1000} s after the start)`,
  );
  say(
    `  ${result.rightlyCompleted} of ${result.launches} rightly completed in ${(result.wallMs / 1000).toFixed(1)} s (aim: 1,000 within 60 s): ${(result.launches / (result.wallMs / 1000)).toFixed(1)} launches per second`,
  );
  say(
    `  hook message → first command   ${spread(result.times.map(({ noticeToFirstCommandMs }) => noticeToFirstCommandMs))}`,
  );
  say(
    `  last event → completed action  ${spread(result.times.map(({ lastEventToCompletionMs }) => lastEventToCompletionMs))}`,
  );
  say(
    `  the whole rehearsal: ${(result.cpuMs / result.launches).toFixed(0)} ms of processor time per launch, peak memory ${result.peakMemoryMiB.toFixed(0)} MiB`,
  );
  if (values.throttles) for (const line of throttledLines(result.throttledCalls)) say(line);
  if (result.rightlyCompleted !== result.launches) {
    say(`  NOT all launches ended rightly.`);
    process.exitCode = 1;
  }
  sayOfDeployment(result);
  say();
}

function throttledLines(calls: StormResult['throttledCalls']): string[] {
  const told = Object.entries(calls).map(([operation, count]) => `${operation} ${count}`);
  const quotas =
    size.storm < 1000 ? `${size.storm / 10} % of AWS's quotas, as 1,000 launches meet them whole` : "AWS's quotas";
  return [`  under ${quotas}; calls that were refused, and made again: ${told.join(', ') || 'none'}`];
}

function sayOfDeployment({ deployment, hosts, deploymentCpuMs }: StormResult): void {
  const seconds = deployment.durationMs / 1000;
  say(
    `A deployment to all ${hosts} at once (AllAtOnce, without a load balancer; hosts ask every 15 s, as they are told)`,
  );
  say(
    `  ${deployment.succeeded} of ${hosts} succeeded in ${seconds.toFixed(1)} s   aim: 1,000 within 60 s${hosts < 1000 ? '' : `: ${verdict(seconds < 60)}`}; ${(deploymentCpuMs / hosts).toFixed(0)} ms of processor time per target`,
  );
  say(usageLine(usagePerTarget(deployment.entries, hosts)));
  if (deployment.succeeded !== hosts) {
    say(`  NOT all targets succeeded.`);
    process.exitCode = 1;
  }
}

async function trouble(): Promise<void> {
  say('Trouble (simulated hosts)');
  for (const line of await measureTrouble(assemblies, values.short)) say(line);
  say();
}

async function fleets(): Promise<void> {
  say('Deployments across a fleet (simulated hosts)');
  await measureFleets(assemblies, values.short, say);
  say();
}

async function api(): Promise<void> {
  say('The API, asked by the SDK');
  for (const line of await measureApi(assemblies, values.short)) say(line);
  say();
}

async function permissions(): Promise<void> {
  if (values.short && values.only === undefined) return; // it takes a minute
  say('Permissions (the story of that name)');
  for (const line of await measurePermissions()) say(line);
  say();
}

async function chaos(): Promise<void> {
  say('Chaos (on all cores)');
  for (const line of await measureChaos(values.short)) say(line);
  say();
}

async function agents(): Promise<void> {
  say('The host agent (one host, a command service and an S3 that answer at once)');
  for (const line of await measureAgents(values.short, values['aws-agent'])) say(line);
  say();
}

async function hosts(): Promise<void> {
  say('A fleet of real hosts (each with a disk, an agent and an application of its own, in real time)');
  for (const line of await measureFleetOfHosts(values.short)) say(line);
  say();
}
