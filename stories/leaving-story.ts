import {
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import { codeDeployClient, GROUP } from './code-deploy.ts';
import { expectThat } from './deviation.ts';
import { Fleet } from './fleet.ts';
import type { Story } from './story.ts';

const HOSTS = 3;

/** `npm start -- leaving`: a host is taken away in the middle of the work on it. */
export const leavingStory: Story = {
  name: 'leaving',
  summary: 'a host is terminated while it is deployed to, which is no failure of the deployment',
  settings: { rollout: 'none', desiredCapacity: String(HOSTS) },
  async tell({ rehearsal, assemblies, narrator }) {
    const next = assemblies.withVersion('web-app', '2.0.0');
    void next.catch(() => undefined); // reported to the story, which awaits it later
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    narrator.chapter(`A fleet of ${HOSTS} instances is launched`);
    await fleet.until(`${HOSTS} instances in service`, async () => (await fleet.inService()).length === HOSTS);

    narrator.chapter('A new revision rolls over it, one host at a time, and the host at work is terminated');
    await rehearsal.deploy(await next);
    const codeDeploy = codeDeployClient(rehearsal);
    const { deploymentGroupInfo } = await codeDeploy.send(new GetDeploymentGroupCommand(GROUP));
    const { deploymentId = '' } = await codeDeploy.send(
      new CreateDeploymentCommand({
        ...GROUP,
        revision: deploymentGroupInfo?.targetRevision,
        deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      }),
    );
    const leaving = await fleet.until('a host at work', async () =>
      (await targets(codeDeploy, deploymentId)).find(({ status }) => status === 'InProgress'),
    );
    await fleet.terminate(leaving.targetId);
    narrator.seen(`${leaving.targetId} was terminated while ${deploymentId} worked on it`);

    const status = await fleet.until(`the end of ${deploymentId}`, () => endOf(codeDeploy, deploymentId));
    expectThat(status === 'Succeeded', 'the deployment succeeds', `it ended ${status}`);
    const ends = await targets(codeDeploy, deploymentId);
    const left = ends.find(({ targetId }) => targetId === leaving.targetId);
    expectThat(left?.status === 'Skipped', 'the target of the host that left is skipped', `it is ${left?.status}`);
    expectThat(
      ends.filter((target) => target.status === 'Succeeded').length === HOSTS - 1,
      'the others succeed',
      ends.map((target) => target.status).join(', '),
    );
    narrator.seen(`${deploymentId} succeeded on the other ${HOSTS - 1} hosts; ${leaving.targetId} is skipped`);
  },
};

async function targets(codeDeploy: CodeDeployClient, deploymentId: string) {
  const { targetIds = [] } = await codeDeploy
    .send(new ListDeploymentTargetsCommand({ deploymentId }))
    .catch(() => ({ targetIds: [] })); // not chosen yet
  if (targetIds.length === 0) return [];
  const { deploymentTargets = [] } = await codeDeploy.send(
    new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
  );
  return deploymentTargets.map(({ instanceTarget }) => ({
    targetId: instanceTarget?.targetId ?? '',
    status: instanceTarget?.status,
  }));
}

async function endOf(codeDeploy: CodeDeployClient, deploymentId: string): Promise<string | undefined> {
  const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
  const status = deploymentInfo?.status;
  return status === 'Succeeded' || status === 'Failed' || status === 'Stopped' ? status : undefined;
}
