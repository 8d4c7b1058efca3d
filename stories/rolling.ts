import {
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  ListDeploymentTargetsCommand,
  RegisterApplicationRevisionCommand,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import { setTimeout as pause } from 'node:timers/promises';
import type { Rehearsal } from '../rehearsal/index.ts';
import { codeDeployClient, GROUP } from './code-deploy.ts';
import { expectThat } from './deviation.ts';
import type { Fleet } from './fleet.ts';
import { type LatencySummary, summarize } from './latency.ts';
import type { Narrator } from './narrator.ts';
import { outOfServiceMs } from './out-of-service.ts';
import { SteadyLoad } from './steady-load.ts';
import { formatDuration } from './timeline/format.ts';

const HOSTS = 6;
const CONFIG = 'CodeDeployDefault.HalfAtATime';
/** Of load before and after the deployment, in wall milliseconds. */
const QUIET_MS = 5000;

export interface RollingOutcome {
  readonly latencies: Readonly<Record<'before' | 'during' | 'after', LatencySummary>>;
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
}

/** Six hosts behind a load balancer get another revision, three at a time, while a client never stops asking. */
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
    return await rollUnderLoad(stage, hosts, load);
  } finally {
    await load.stop();
  }
}

async function rollUnderLoad(stage: RollingStage, hosts: readonly string[], load: SteadyLoad): Promise<RollingOutcome> {
  const { rehearsal, fleet, narrator, version } = stage;
  narrator.chapter(`A client asks fifty times a second while version ${version} rolls over the hosts`);
  await rehearsal.deploy(await stage.assembly);
  const codeDeploy = codeDeployClient(rehearsal);
  const startedAt = Date.now();
  await pause(QUIET_MS);
  const createdAt = Date.now();
  const deploymentId = await createDeployment(codeDeploy, await declaredRevision(codeDeploy));
  narrator.seen(`${deploymentId} was created with ${CONFIG}`);
  const status = await fleet.until(`the end of ${deploymentId}`, () => endOf(codeDeploy, deploymentId));
  const endedAt = Date.now();
  await pause(QUIET_MS);
  await load.stop();

  expectThat(status === 'Succeeded', 'the deployment succeeds', `it ended ${status}`);
  narrator.seen(`${deploymentId} succeeded after ${formatDuration(endedAt - createdAt)}`);
  const answers = await Promise.all(hosts.map((id) => fleet.askApplication(id)));
  expectThat(
    answers.every((answer) => answer?.includes(version)),
    `every host answers with version ${version}`,
    answers.map((answer) => `“${answer}”`).join(', '),
  );
  narrator.seen(`Each of the ${hosts.length} hosts answers with version ${version}`);
  const after = summarize(load.requests, endedAt, Infinity);
  expectThat(after.requests > 0, 'the client asks until the end', 'it ended before');
  const failures = load.requests.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  return {
    latencies: {
      before: summarize(load.requests, startedAt, createdAt),
      during: summarize(load.requests, createdAt, endedAt),
      after,
    },
    outOfServiceMs: await timesOutOfService(codeDeploy, deploymentId),
    requests: load.requests.length,
    failures,
  };
}

/** What the stack has uploaded, as a client of CodeDeploy would name it. */
async function declaredRevision(codeDeploy: CodeDeployClient): Promise<RevisionLocation> {
  const { deploymentGroupInfo } = await codeDeploy.send(new GetDeploymentGroupCommand(GROUP));
  const revision = deploymentGroupInfo?.targetRevision;
  if (!revision) throw new Error('The deployment group web-fleet has no target revision');
  return revision;
}

async function createDeployment(codeDeploy: CodeDeployClient, revision: RevisionLocation): Promise<string> {
  const { applicationName } = GROUP;
  await codeDeploy.send(new RegisterApplicationRevisionCommand({ applicationName, revision }));
  const { deploymentId = '' } = await codeDeploy.send(
    new CreateDeploymentCommand({ ...GROUP, revision, deploymentConfigName: CONFIG }),
  );
  return deploymentId;
}

async function endOf(codeDeploy: CodeDeployClient, deploymentId: string): Promise<string | undefined> {
  const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
  const status = deploymentInfo?.status;
  return status === 'Succeeded' || status === 'Failed' || status === 'Stopped' ? status : undefined;
}

async function timesOutOfService(codeDeploy: CodeDeployClient, deploymentId: string): Promise<Record<string, number>> {
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
