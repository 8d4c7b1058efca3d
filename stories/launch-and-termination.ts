import { expectThat } from './deviation.ts';
import type { DeploymentRecord, Executions } from './executions.ts';
import type { Fleet } from './fleet.ts';
import type { Stage } from './stage.ts';
import { formatDuration } from './timeline/format.ts';
import { lastLines } from './timeline/render.ts';
import type { InServiceWitness } from './witness.ts';

/** What a chapter needs: the stage, and the operator's view of the example fleet. */
export interface FleetStage extends Stage {
  readonly fleet: Fleet;
  readonly witness: InServiceWitness;
}

/** One launch and one termination, well and badly: the life of a small fleet. */
export async function launchAndTermination(stage: FleetStage): Promise<void> {
  const firstInstances = await firstInstancesAreCovered(stage);
  await heartbeatsKeepASlowInstance(stage);
  await failedStartIsAbandonedAndReplaced(stage);
  await scaleInStopsTheApplication(stage, firstInstances);
  await failedStopStillContinues(stage);
}

/** Chapter 1. The template itself asks for two instances: nobody had time to add a hook after the group. */
async function firstInstancesAreCovered({ fleet, executions, witness, narrator }: FleetStage): Promise<string[]> {
  narrator.chapter('The group goes from 0 to 2 instances, and the hook covers the first two');

  const inService = await fleet.until('two instances in service', async () => {
    const ids = await fleet.inService();
    return ids.length === 2 && ids;
  });

  for (const instanceId of inService) {
    const deployment = await endedDeployment(fleet, executions, instanceId, 'launch');
    expectSucceeded(deployment);
    const { answer } = await witness.of(instanceId);
    expectThat(answer !== undefined, 'the application answers once its instance is in service', 'no answer over HTTP');
    narrator.seen(`${instanceId}: launch deployment ${deployment.deploymentId} succeeded, then InService`);
    narrator.detail(`asked over HTTP at that moment: “${answer}”`);
  }
  const answer = await fleet.until('an answer through the load balancer', () => fleet.askLoadBalancer(), 600);
  narrator.seen(`The load balancer at ${fleet.loadBalancerUrl} answers: “${answer}”`);
  return inService;
}

/** Chapter 2. Ten minutes and more in one script: without heartbeats the action would have timed out. */
async function heartbeatsKeepASlowInstance(stage: FleetStage): Promise<void> {
  const { rehearsal, fleet, executions, narrator } = stage;
  narrator.chapter('A start script takes eleven minutes, and heartbeats keep its instance');
  await deployRevision(stage, 'slow-start');

  const instanceId = await scaleOut(stage, 3);
  await fleet.until(`${instanceId} in service`, async () => (await fleet.inService()).includes(instanceId));

  expectSucceeded(await endedDeployment(fleet, executions, instanceId, 'launch'));
  const beats = rehearsal.journal.entries.flatMap((entry) =>
    entry.kind === 'lifecycleAction' && entry.instanceId === instanceId && entry.event === 'heartbeat'
      ? [entry.at]
      : [],
  );
  expectThat(beats.length >= 2, 'at least two heartbeats keep the instance', `${beats.length} heartbeats`);
  const [first = 0, second = 0] = beats;
  const apartSeconds = (second - first) / 1000;
  // Work takes wall time, so at high speed a beat that is due waits a little for a processor.
  expectThat(
    Math.abs(apartSeconds - 300) < 60,
    'heartbeats go out five minutes apart',
    `${formatDuration(second - first)} apart`,
  );
  narrator.seen(
    `${instanceId} was kept by ${beats.length} heartbeats, ${formatDuration(second - first)} apart, and is in service`,
  );
}

/** Chapter 3. A revision that cannot start must not take traffic: ABANDON, and another try with one that can. */
async function failedStartIsAbandonedAndReplaced(stage: FleetStage): Promise<void> {
  const { fleet, executions, narrator } = stage;
  narrator.chapter('A revision whose start script fails: ABANDON, terminated, replaced');
  await deployRevision(stage, 'broken-start');

  const instanceId = await scaleOut(stage, 4);
  const deployment = await endedDeployment(fleet, executions, instanceId, 'launch');

  expectThat(deployment.status === 'Failed', 'the launch deployment fails', `it ended ${deployment.status}`);
  expectThat(
    deployment.lifecycleActionResult === 'ABANDON',
    'a failed launch ends with ABANDON',
    `it ended with ${deployment.lifecycleActionResult}`,
  );
  narrator.seen(`${instanceId}: ABANDON. ${deployment.reason}`);
  const failed = deployment.lifecycleEvents.find(({ status }) => status === 'Failed');
  const lines = lastLines(failed?.diagnostics?.logTail ?? '', 4);
  expectThat(lines.length > 0, "the script's own last lines reach the screen", 'no line of it');
  narrator.detail(lines.map((line) => `│ ${line}`).join('\n'));
  await deployRevision(stage, 'web-app');

  await fleet.until(`${instanceId} terminated`, async () => {
    const instances = await fleet.instances();
    return instances.every(({ InstanceId: id }) => id !== instanceId);
  });
  narrator.seen(`${instanceId} was terminated and never took traffic`);
  const inService = await fleet.until('a replacement in service', async () => {
    const ids = await fleet.inService();
    return ids.length === 4 && ids;
  });
  narrator.seen(`With the good revision declared again, the replacement ${inService.at(-1)} is in service`);
}

/** Chapter 4. The instance that leaves stops its application in order. */
async function scaleInStopsTheApplication(stage: FleetStage, [leaving = '']: readonly string[]): Promise<void> {
  const { rehearsal, fleet, executions, narrator } = stage;
  narrator.chapter('The group scales in: the stop script runs on the leaving host');

  await fleet.terminate(leaving);
  const deployment = await endedDeployment(fleet, executions, leaving, 'termination');

  expectSucceeded(deployment);
  expectContinued(deployment);
  const farewell = await rehearsal.readHostFile(leaving, '/var/log/web-app/farewell.log').catch(() => '');
  expectThat(farewell.trim() !== '', 'the application writes its farewell when it is stopped', 'no farewell');
  narrator.seen(`${leaving}: CONTINUE after its stop script. The application’s last words on its disk:`);
  narrator.detail(`“${farewell.trim()}”`);
  await untilGone(fleet, leaving);
}

/** Chapter 5. A termination deployment can fail; the instance leaves all the same. */
async function failedStopStillContinues(stage: FleetStage): Promise<void> {
  const { fleet, executions, narrator } = stage;
  narrator.chapter('A stop script that fails: still CONTINUE');
  await deployRevision(stage, 'broken-stop');
  const leaving = await scaleOut(stage, 4);
  await fleet.until(`${leaving} in service`, async () => (await fleet.inService()).includes(leaving));

  await fleet.terminate(leaving);
  const deployment = await endedDeployment(fleet, executions, leaving, 'termination');

  expectThat(deployment.status === 'Failed', 'the termination deployment fails', `it ended ${deployment.status}`);
  expectContinued(deployment);
  narrator.seen(`${leaving}: ${deployment.reason}`);
  narrator.seen('The lifecycle action ended with CONTINUE all the same');
  await untilGone(fleet, leaving);
}

/** Updates the stacks, as `cdk deploy -c revision=…` would. */
export async function deployRevision({ rehearsal, assemblies, narrator }: FleetStage, sample: string): Promise<void> {
  narrator.progress(`deploying the stacks with revision samples/${sample}`);
  await rehearsal.deploy(await assemblies.withRevision(sample));
  narrator.seen(`The stack was updated: the deployment group’s revision is samples/${sample}`);
}

/** @returns the id of the instance that the group launched for it */
async function scaleOut({ fleet }: FleetStage, desiredCapacity: number): Promise<string> {
  const before = new Set((await fleet.instances()).map(({ InstanceId: id }) => id));
  await fleet.setDesiredCapacity(desiredCapacity);
  return fleet.until(`a launch towards ${desiredCapacity} instances`, async () => {
    const launched = (await fleet.instances()).find(({ InstanceId: id }) => !before.has(id));
    return launched?.InstanceId;
  });
}

function endedDeployment(
  fleet: Fleet,
  executions: Executions,
  instanceId: string,
  type: 'launch' | 'termination',
): Promise<DeploymentRecord> {
  return fleet.until(`the end of the ${type} deployment of ${instanceId}`, () => executions.ended(instanceId, type));
}

function untilGone(fleet: Fleet, instanceId: string): Promise<boolean> {
  return fleet.until(`${instanceId} gone`, async () => {
    const instances = await fleet.instances();
    return instances.every(({ InstanceId: id }) => id !== instanceId);
  });
}

function expectSucceeded({ type, status, reason }: DeploymentRecord): void {
  expectThat(status === 'Succeeded', `the ${type} deployment succeeds`, `${status}: ${reason}`);
}

function expectContinued({ lifecycleActionResult }: DeploymentRecord): void {
  expectThat(
    lifecycleActionResult === 'CONTINUE',
    'a termination always ends with CONTINUE',
    `it ended with ${lifecycleActionResult}`,
  );
}
