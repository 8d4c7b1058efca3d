import { expectThat } from './deviation.ts';
import type { DeploymentRecord } from './executions.ts';
import type { Fleet } from './fleet.ts';
import type { Stage } from './stage.ts';
import { formatDuration } from './timeline/format.ts';

type PoolStage = Stage & { readonly fleet: Fleet };

const [OLD_VERSION, NEW_VERSION] = ['1.0.0', '2.0.0'];

/** A warm pool of one beside one instance in service: in, out, back, and out again with another revision. */
export async function warmPool(stage: PoolStage): Promise<void> {
  const newer = stage.assemblies.withVersion('web-app', NEW_VERSION);
  void newer.catch(() => undefined); // reported to whoever awaits it later

  const instanceId = await prepare(stage);
  await callIntoService(instanceId, stage);
  const back = await takeBack(stage);
  await callWithAnotherRevision(back, await newer, stage);
}

async function prepare(stage: PoolStage): Promise<string> {
  const { fleet, narrator } = stage;
  narrator.chapter('One instance goes into service, another into the warm pool: deployed to, then switched off');
  await fleet.until('an instance in service', async () => (await fleet.inService()).length === 1);
  const instanceId = await resting(stage);

  const [launch] = await deploymentsOf(instanceId, 'launch', 1, stage);
  expectThat(launch?.status === 'Succeeded', 'it is deployed to on its way in', `its launch is ${launch?.status}`);
  expectThat(ran(launch, 'Install'), 'the revision is installed', 'it is not');
  expectThat((await fleet.askApplication(instanceId)) === undefined, 'a machine that is off is silent', 'it answers');
  narrator.seen(`${instanceId} is prepared and switched off`);
  return instanceId;
}

async function callIntoService(instanceId: string, stage: PoolStage): Promise<void> {
  const { fleet, narrator } = stage;
  narrator.chapter('The group is to have two: the one from the pool has its revision, and is only started');
  await scaleTo(2, instanceId, stage);

  const [, promotion] = await deploymentsOf(instanceId, 'launch', 2, stage);
  expectThat(promotion?.status === 'Succeeded', 'it enters service', `its launch is ${promotion?.reason}`);
  expectThat(!ran(promotion, 'DownloadBundle'), 'nothing is downloaded again', 'its bundle is');
  expectThat(ran(promotion, 'ApplicationStart'), 'its application is started', 'it is not');
  await expectVersion(OLD_VERSION, instanceId, stage);
  narrator.detail(`Lifecycle events: ${eventsIn(promotion)}`);
  expectThat((await fleet.warm()).length === 0, 'the pool has given what it had', 'it has others');
}

async function takeBack(stage: PoolStage): Promise<string> {
  const { fleet, narrator } = stage;
  narrator.chapter('The group is to have one: the other goes back into the pool, and does not die');
  await fleet.setDesiredCapacity(1);
  const instanceId = await resting(stage);

  const [leave] = await deploymentsOf(instanceId, 'termination', 1, stage);
  expectThat(leave?.status === 'Succeeded', 'its application is stopped', `its termination is ${leave?.reason}`);
  narrator.seen(`${instanceId} was stopped by its scripts, and is switched off`);
  narrator.detail(`Lifecycle events: ${eventsIn(leave)}`);
  return instanceId;
}

async function callWithAnotherRevision(instanceId: string, assembly: string, stage: PoolStage): Promise<void> {
  const { fleet, rehearsal, narrator, executions } = stage;
  narrator.chapter('Another revision comes while it is off: it is no target, and gets it when it enters service');
  await rehearsal.deploy(assembly);
  const targets = (await executions.all()).flatMap(({ deployment }) =>
    deployment?.type === 'in-place' ? [deployment] : [],
  );
  expectThat(
    targets.length === 1 && targets[0]?.instanceId !== instanceId,
    'the instance in service alone is deployed to',
    `these are: ${targets.map((target) => target.instanceId).join(', ')}`,
  );
  const before = (await endedOf(instanceId, 'launch', stage)).length;
  await scaleTo(2, instanceId, stage);

  const promotion = (await deploymentsOf(instanceId, 'launch', before + 1, stage)).at(-1);
  expectThat(ran(promotion, 'Install'), 'what changed is deployed', 'it is not');
  for (const each of await fleet.inService()) await expectVersion(NEW_VERSION, each, stage);
}

/** Scales out, and waits until this very instance serves. */
async function scaleTo(capacity: number, instanceId: string, { fleet, rehearsal, narrator }: PoolStage): Promise<void> {
  const askedAt = rehearsal.clock.now();
  await fleet.setDesiredCapacity(capacity);
  await fleet.until(`${instanceId} in service`, async () => (await fleet.inService()).includes(instanceId));
  narrator.seen(`${instanceId} is in service after ${formatDuration(rehearsal.clock.now() - askedAt)}`);
}

function resting({ fleet }: PoolStage): Promise<string> {
  return fleet.until('an instance that waits in the pool', async () => {
    const warm = await fleet.warm();
    return warm.find(({ LifecycleState: state }) => state === 'Warmed:Stopped')?.InstanceId;
  });
}

async function expectVersion(version: string, instanceId: string, { fleet, narrator }: PoolStage): Promise<void> {
  const answer = await fleet.askApplication(instanceId);
  expectThat(answer?.includes(version) === true, `${instanceId} serves version ${version}`, `it answers “${answer}”`);
  narrator.seen(`${instanceId} answers “${answer}”`);
}

/** The ended deployments of one kind to one instance, oldest first, once there are so many. */
function deploymentsOf(
  instanceId: string,
  type: DeploymentRecord['type'],
  count: number,
  stage: PoolStage,
): Promise<readonly DeploymentRecord[]> {
  return stage.fleet.until(`${count} ${type} deployments to ${instanceId}`, async () => {
    const ended = await endedOf(instanceId, type, stage);
    return ended.length >= count && ended;
  });
}

async function endedOf(instanceId: string, type: DeploymentRecord['type'], { executions }: PoolStage) {
  return (await executions.all()).flatMap(({ deployment }) =>
    deployment?.instanceId === instanceId && deployment.type === type ? [deployment] : [],
  );
}

function ran(deployment: DeploymentRecord | undefined, event: string): boolean {
  return deployment?.lifecycleEvents.some(({ lifecycleEventName: name }) => name === event) === true;
}

function eventsIn(deployment: DeploymentRecord | undefined): string {
  return deployment?.lifecycleEvents.map(({ lifecycleEventName: name }) => name).join(', ') ?? 'none';
}
