import { GROUP } from '../../code-deploy.ts';
import type { Chapter, ChapterGround } from '../chapter.ts';
import { declaredRevision, deploy, expectEnd, hostsInService } from '../deployments.ts';

/** A fleet whose hosts stand by while they are deployed to, and one of which will not come back. */
async function standingBy(ground: ChapterGround): Promise<string> {
  const { fleet, operator, mood } = ground;
  await operator.askForStandby(fleet.autoScalingGroupName);
  const [host = ''] = await hostsInService(ground);
  mood.startFails = () => true;
  return host;
}

/** Waits until the group has its capacity again, and one more instance therefore. */
async function expectReplacement({ fleet, mood, narrator }: ChapterGround, lost: string): Promise<void> {
  mood.startFails = () => false;
  await fleet.until(`a replacement for ${lost}`, async () => (await fleet.inService()).some((id) => id !== lost));
  narrator.seen(`${lost} stays in Standby, and another instance took its place`);
}

export const lostToAFleet: Chapter = {
  name: 'lost-to-a-fleet',
  title: 'A deployment fails while its host stands by, and nobody comes for it',
  async tell(ground) {
    const host = await standingBy(ground);
    await expectEnd(ground, await deploy(ground), 'Failed');
    await expectReplacement(ground, host);
  },
};

export const lostAlone: Chapter = {
  name: 'lost-alone',
  title: 'A host is deployed to by itself, stands by for it, and fails',
  async tell(ground) {
    const { fleet, operator, rehearsal } = ground;
    const host = await standingBy(ground);
    const name = new RegExp(await deployToOne(ground, host));
    const machine = rehearsal.outputs('SlipwayEngine')['StateMachineArn'] ?? '';
    await fleet.until('the end of its execution', () => operator.inputOf(machine, name));
    await expectReplacement(ground, host);
  },
};

export const lostToAnAbort: Chapter = {
  name: 'lost-to-an-abort',
  title: 'A host stands by when the execution that works on it is aborted',
  async tell(ground) {
    const { fleet, operator, rehearsal, mood } = ground;
    const host = await standingBy(ground);
    mood.eventMs = () => 60_000;
    const name = await deployToOne(ground, host);
    await fleet.until(`${host} to stand by`, async () => {
      const instances = await fleet.instances();
      return instances.some(({ InstanceId: id, LifecycleState: state }) => id === host && state === 'Standby');
    });
    await operator.abortExecution(rehearsal.outputs('SlipwayEngine')['StateMachineArn'] ?? '', new RegExp(name));
    mood.eventMs = () => 0;
    await expectReplacement(ground, host);
  },
};

/** Deploys to one host without a fleet, by starting the execution by hand. @returns the execution's name */
async function deployToOne(ground: ChapterGround, instanceId: string): Promise<string> {
  const { operator, rehearsal } = ground;
  const { bucket: Bucket, key: Key, bundleType: BundleType } = await declaredRevision(ground);
  const deploymentId = 'd-BYHAND000';
  const name = `in-place-${instanceId}-${deploymentId}`;
  await operator.startExecution(rehearsal.outputs('SlipwayEngine')['StateMachineArn'] ?? '', name, {
    type: 'in-place',
    ...{ ...GROUP, deploymentId, instanceId },
    revision: { RevisionType: 'S3', S3Location: { Bucket, Key, BundleType } },
  });
  return name;
}
