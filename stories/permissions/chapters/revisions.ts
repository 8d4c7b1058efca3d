import { type S3Location } from '@aws-sdk/client-codedeploy';
import { expectThat } from '../../deviation.ts';
import type { Chapter, ChapterGround } from '../chapter.ts';
import { declaredRevision, deploy, endOf, expectEnd, hostsInService } from '../deployments.ts';
import { ExampleStack, withRevision } from '../stacks.ts';

const KEY_ID = '5f2d7a0c-1b9e-4c53-8f36-0d9c7e1a2b48';

/** Revisions that are not as most are: one that is not there, one under a key, and one by its version. */
async function unusualRevisions({ operator, ...ground }: ChapterGround) {
  const { bucket = '', key = '' } = await declaredRevision(ground);
  const inBucket = { bucket, bundleType: 'zip' } as const;
  await operator.uploadAgain(bucket, key, 'tour/encrypted.zip', KEY_ID);
  return {
    missing: { ...inBucket, key: 'tour/missing.zip' },
    encrypted: { ...inBucket, key: 'tour/encrypted.zip' },
    versioned: { ...inBucket, key, version: 'null' },
  } satisfies Record<string, S3Location>;
}

export const orderedRevisions: Chapter = {
  name: 'ordered-revisions',
  title: 'People order revisions that are missing, encrypted, or one version of many',
  desiredCapacity: 0,
  async tell(ground) {
    const { missing, encrypted, versioned } = await unusualRevisions(ground);
    const order = (s3Location: S3Location) => deploy(ground, { revision: { revisionType: 'S3', s3Location } });
    const refused = await order(missing).then(
      () => undefined,
      (error: unknown) => (error as Error).name,
    );
    expectThat(refused === 'RevisionDoesNotExistException', 'a revision is missed', `the answer is ${refused}`);
    await endOf(ground, await order(encrypted));
    await endOf(ground, await order(versioned));
    ground.narrator.seen('The missing one was refused, the others were read');
  },
};

export const declaredRevisions: Chapter = {
  name: 'declared-revisions',
  title: 'The stack declares revisions that are missing, encrypted, or one version of many',
  async tell(ground) {
    const { missing, encrypted, versioned } = await unusualRevisions(ground);
    const stack = new ExampleStack(ground);
    await hostsInService(ground);
    const declare = async (location: S3Location): Promise<string> => {
      await stack.update(withRevision(await stack.template(), location));
      return stack.rest();
    };
    const refused = await declare(missing);
    expectThat(refused === 'UPDATE_ROLLBACK_COMPLETE', 'a revision is missed', `the stack is ${refused}`);
    for (const location of [encrypted, versioned]) {
      const status = await declare(location);
      expectThat(status === 'UPDATE_COMPLETE', 'the stack is updated', `it is ${status}`);
    }
    ground.narrator.seen('The missing one was refused, the others were rolled out');
  },
};

export const joinedRollout: Chapter = {
  name: 'joined-rollout',
  title: 'The stack declares a revision that somebody deploys already',
  async tell(ground) {
    const { encrypted } = await unusualRevisions(ground);
    const stack = new ExampleStack(ground);
    await hostsInService(ground);
    ground.mood.eventMs = () => 120_000;
    const deploymentId = await deploy(ground, { revision: { revisionType: 'S3', s3Location: encrypted } });
    await ground.rehearsal.clock.sleep(60_000);
    await stack.update(withRevision(await stack.template(), encrypted));
    await expectEnd(ground, deploymentId, 'Succeeded');
    const status = await stack.rest();
    expectThat(status === 'UPDATE_COMPLETE', 'the stack is updated', `it is ${status}`);
    ground.narrator.seen(`${deploymentId} was what the stack waited for`);
  },
};
