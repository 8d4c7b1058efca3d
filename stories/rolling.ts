import { BatchGetDeploymentTargetsCommand, ListDeploymentTargetsCommand } from '@aws-sdk/client-codedeploy';
import { setTimeout as pause } from 'node:timers/promises';
import type { Rehearsal } from '../rehearsal/index.ts';
import { codeDeployClient } from './code-deploy.ts';
import { expectThat } from './deviation.ts';
import type { Fleet } from './fleet.ts';
import { type LatencySummary, summarize } from './latency.ts';
import type { Narrator } from './narrator.ts';
import { outOfServiceMs } from './out-of-service.ts';
import { SteadyLoad } from './steady-load.ts';
import { formatDuration } from './timeline/format.ts';

const HOSTS = 6;
/** Of load before and after the deployments, in wall milliseconds. */
const QUIET_MS = 5000;

/** Stretches of the load. `undoing`: a revision fails, and its rollback undoes it. */
type Stretch = 'before' | 'during' | 'undoing' | 'after';

export interface RollingOutcome {
  readonly latencies: Readonly<Record<Stretch, LatencySummary>>;
  /** Rehearsed milliseconds from the start of BlockTraffic to the end of AllowTraffic, by instance. */
  readonly outOfServiceMs: Readonly<Record<string, number>>;
  readonly requests: number;
  /** Each status other than 200, and what broke the rest. */
  readonly failures: readonly string[];
}

interface RollingStage {
  readonly rehearsal: Rehearsal;
  readonly fleet: Fleet;
  readonly narrator: Narrator;
  /** Of the revision that is rolled out. */
  readonly assembly: Promise<string>;
  readonly version: string;
  /** Of a revision whose start script fails. */
  readonly broken: Promise<string>;
}

interface UnderLoad extends RollingStage {
  readonly hosts: readonly string[];
}

/**
 * Six hosts behind a load balancer get another revision, three at a time, and then one that fails and is rolled back,
 * while a client never stops asking.
 */
export async function rolling(stage: RollingStage): Promise<RollingOutcome> {
  const { fleet, narrator } = stage;
  narrator.chapter(`The group grows to ${HOSTS} instances behind the load balancer`);
  await fleet.setDesiredCapacity(HOSTS);
  const hosts = await fleet.until(`${HOSTS} instances in service`, async () => {
    const ids = await fleet.inService();
    return ids.length === HOSTS && ids;
  });
  const answer = await fleet.until('an answer through the load balancer', () => fleet.askLoadBalancer(), 600);
  narrator.seen(`${HOSTS} instances are in service; the load balancer answers: “${answer}”`);

  const load = new SteadyLoad(`${fleet.loadBalancerUrl}/`);
  try {
    return await underLoad({ ...stage, hosts }, load);
  } finally {
    await load.stop();
  }
}

async function underLoad(stage: UnderLoad, load: SteadyLoad): Promise<RollingOutcome> {
  const [assembly, broken] = await Promise.all([stage.assembly, stage.broken]);
  const startedAt = Date.now();
  await pause(QUIET_MS);
  const createdAt = Date.now();
  const deploymentId = await rollOut(assembly, stage);
  const brokenAt = Date.now();
  await failAndGoBack(broken, stage);
  const undoneAt = Date.now();
  await pause(QUIET_MS);
  await load.stop();

  const after = summarize(load.requests, undoneAt, Infinity);
  expectThat(after.requests > 0, 'the client asks until the end', 'it ended before');
  return {
    latencies: {
      before: summarize(load.requests, startedAt, createdAt),
      during: summarize(load.requests, createdAt, brokenAt),
      undoing: summarize(load.requests, brokenAt, undoneAt),
      after,
    },
    outOfServiceMs: await timesOutOfService(deploymentId, stage),
    requests: load.requests.length,
    failures: load.requests.flatMap(({ failure }) => (failure === undefined ? [] : [failure])),
  };
}

/** @returns the id of the deployment */
async function rollOut(assembly: string, stage: UnderLoad): Promise<string> {
  const { rehearsal, narrator, version } = stage;
  narrator.chapter(`A client asks fifty times a second while version ${version} rolls over the hosts`);
  const beganAt = Date.now();
  await rehearsal.deploy(assembly);
  const deploymentId = rehearsal.outputs('SlipwayExampleFleet')['DeploymentId'] ?? '';
  narrator.seen(`${deploymentId} succeeded after ${formatDuration(Date.now() - beganAt)}, three hosts at a time`);
  await everyHostAnswers(stage);
  return deploymentId;
}

/** Half of the hosts fail, out of traffic; the stack goes back, and takes them along. */
async function failAndGoBack(broken: string, stage: UnderLoad): Promise<void> {
  const { rehearsal, narrator } = stage;
  narrator.chapter('A revision whose start script fails is rolled back, and the client notices nothing');
  const beganAt = Date.now();
  const failure = await rehearsal.deploy(broken).then(
    () => undefined,
    (error: Error) => error.message,
  );
  expectThat(
    failure !== undefined && failure.includes('scripts/start.sh'),
    'the script that fails is named',
    failure ?? 'no failure',
  );
  narrator.seen(`The stack has gone back ${formatDuration(Date.now() - beganAt)} after it was updated`);
  narrator.detail(failure);
  await everyHostAnswers(stage);
}

async function everyHostAnswers({ fleet, hosts, narrator, version }: UnderLoad): Promise<void> {
  const answers = await Promise.all(hosts.map((id) => fleet.askApplication(id)));
  expectThat(
    answers.every((answer) => answer?.includes(version)),
    `every host answers with version ${version}`,
    answers.map((answer) => `“${answer}”`).join(', '),
  );
  narrator.seen(`Each of the ${hosts.length} hosts answers with version ${version}`);
}

async function timesOutOfService(deploymentId: string, { rehearsal }: RollingStage): Promise<Record<string, number>> {
  const codeDeploy = codeDeployClient(rehearsal);
  const { targetIds = [] } = await codeDeploy.send(new ListDeploymentTargetsCommand({ deploymentId }));
  const { deploymentTargets = [] } = await codeDeploy.send(
    new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
  );
  return Object.fromEntries(
    deploymentTargets.flatMap(({ instanceTarget }) => {
      const ms = outOfServiceMs(instanceTarget?.lifecycleEvents ?? []);
      return ms === undefined ? [] : [[instanceTarget?.targetId ?? '', ms]];
    }),
  );
}
