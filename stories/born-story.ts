import { expectThat } from './deviation.ts';
import { FleetDeployments } from './fleet-deployments.ts';
import { Fleet } from './fleet.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

const HOSTS = 2;

/** `npm start -- born`: hosts that are launched while a deployment rolls over their group. */
export const bornStory: Story<void> = {
  name: 'born',
  summary: 'hosts are launched during a rollout: updated after it, or given the revision in flight',
  settings: { rollout: 'start', desiredCapacity: String(HOSTS) },
  async tell(stage) {
    const { rehearsal, assemblies, narrator } = stage;
    const second = assemblies.withVersion('web-app', '2.0.0');
    const third = assemblies.withVersion('web-app', '3.0.0', { launchRevision: 'in-flight' });
    for (const assembly of [second, third]) void assembly.catch(() => undefined); // reported to whoever awaits it later
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    const scene = { ...stage, fleet, deployments: new FleetDeployments(rehearsal, fleet) };

    narrator.chapter(`A fleet of ${HOSTS} instances is launched`);
    await fleet.until(`${HOSTS} instances in service`, async () => (await fleet.inService()).length === HOSTS);
    narrator.seen(`${HOSTS} instances are in service with version 1.0.0`);
    await isUpdatedAfterwards(await second, scene);
    await getsWhatIsInFlight(await third, scene);
  },
};

type Scene = Stage & { readonly fleet: Fleet; readonly deployments: FleetDeployments };

async function isUpdatedAfterwards(assembly: string, scene: Scene): Promise<void> {
  const { fleet, deployments, narrator } = scene;
  narrator.chapter('An instance is born while version 2.0.0 rolls over them');
  const rollout = await deployments.startedBy(assembly);
  await deployments.targetThatIs('InProgress', rollout);
  const born = await launchOneMore(scene);
  const before = await deployments.succeeded(rollout);
  const launch = await endedLaunch(born, scene);
  const brought = await deployments.revisionOf(launch);
  expectThat(
    brought === before.previousRevision?.s3Location?.key,
    'it gets the last revision that succeeded',
    `it got ${brought}`,
  );
  narrator.seen(`${born} got what had succeeded last, by ${launch}`);

  const [followOn = ''] = await followOnsOf(rollout, scene);
  expectThat(followOn !== '', `another deployment follows ${rollout}`, 'none does');
  await deployments.succeeded(followOn);
  const updated = (await deployments.targets(followOn)).map(({ targetId }) => targetId);
  expectThat(updated.join() === born, `${followOn} is for ${born} alone`, updated.join(', '));
  await fleet.expectEveryAnswer('2.0.0', HOSTS + 1);
  narrator.seen(`${followOn} followed ${rollout} for it alone, and every host answers with version 2.0.0`);
}

async function getsWhatIsInFlight(assembly: string, scene: Scene): Promise<void> {
  const { fleet, deployments, narrator } = scene;
  narrator.chapter('The group says “in-flight”, and another is born while version 3.0.0 rolls over them');
  const rollout = await deployments.startedBy(assembly);
  const { targetId: first } = await deployments.targetThatIs('Succeeded', rollout);
  narrator.seen(`${first} has succeeded with it`);
  const born = await launchOneMore(scene);
  const launch = await endedLaunch(born, scene);
  const { revision } = await deployments.succeeded(rollout);
  const brought = await deployments.revisionOf(launch);
  expectThat(brought === revision?.s3Location?.key, 'it gets the revision in flight', `it got ${brought}`);
  narrator.seen(`${born} got version 3.0.0 at its launch, by ${launch}`);

  const followOns = await followOnsOf(rollout, scene);
  expectThat(followOns.length === 0, 'nothing is left to update', `${followOns.join()} followed`);
  await fleet.expectEveryAnswer('3.0.0', HOSTS + 2);
  narrator.seen('Nothing had to follow, and every host answers with version 3.0.0');
}

/** @returns the instance that is launched */
async function launchOneMore({ fleet, narrator }: Scene): Promise<string> {
  const known = (await fleet.instances()).map(({ InstanceId: id }) => id);
  await fleet.setDesiredCapacity(known.length + 1);
  const born = await fleet.until('another instance', async () =>
    (await fleet.instances()).find(({ InstanceId: id }) => !known.includes(id)),
  );
  narrator.seen(`${born.InstanceId} is launched meanwhile`);
  return born.InstanceId ?? '';
}

/** @returns the id of the deployment */
async function endedLaunch(instanceId: string, { fleet, executions }: Scene): Promise<string> {
  const { deploymentId, status, reason } = await fleet.until(`the launch of ${instanceId}`, () =>
    executions.ended(instanceId, 'launch'),
  );
  expectThat(status === 'Succeeded', `the launch of ${instanceId} succeeds`, `it ended ${status}: ${reason}`);
  return deploymentId;
}

/** Deployments to hosts that were born meanwhile: known when nothing is left to do for the one that ended. */
async function followOnsOf(
  deploymentId: string,
  { fleet, executions, deployments }: Scene,
): Promise<readonly string[]> {
  await fleet.until(`the end of the execution of ${deploymentId}`, async () =>
    (await executions.all()).some(({ name, endedAt }) => name === deploymentId && endedAt !== undefined),
  );
  const { relatedDeployments } = await deployments.info(deploymentId);
  return relatedDeployments?.autoUpdateOutdatedInstancesDeploymentIds ?? [];
}
