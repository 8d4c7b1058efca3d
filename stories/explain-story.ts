import { expectThat } from './deviation.ts';
import { Fleet } from './fleet.ts';
import { slipway } from './slipway.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** `npm start -- explain`: why did this happen? */
export const explainStory: Story<void> = {
  name: 'explain',
  summary: 'a launch fails and is replaced: slipway explain tells why, from the notice to the outcome',
  settings: { rollout: 'none' }, // launches are what it is about
  async tell(stage) {
    const { rehearsal, assemblies, narrator } = stage;
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    const broken = assemblies.withRevision('broken-start');
    void broken.catch(() => undefined); // reported where it is awaited

    narrator.chapter('A revision whose start script fails is declared, and the group grows');
    await fleet.until('two instances in service', async () => (await fleet.inService()).length === 2);
    const before = await fleet.inService();
    await rehearsal.deploy(await broken);
    await fleet.setDesiredCapacity(3);
    const failed = await fleet.until('a launch to fail', () => ended(stage, 'Failed'));
    await rehearsal.deploy(await assemblies.withRevision('web-app'));
    const replaced = await fleet.until('another instance in service', async () => {
      return (await fleet.inService()).find((id) => !before.includes(id));
    });
    narrator.seen(`The launch of ${failed.instanceId} failed, ${replaced} is in service`);

    narrator.chapter('Why did the first fail?');
    await explain(stage, failed.instanceId, [
      'Launching a new EC2 instance',
      'holds the instance for its launch by slipway-launch',
      'opens the launch deployment',
      'ApplicationStart Failed',
      'ends .* as Failed, and answers Auto Scaling with ABANDON',
      'Terminating EC2 instance',
    ]);

    narrator.chapter('And what became of the other?');
    await explain(stage, replaced, [
      'opens the launch deployment',
      'ApplicationStart Succeeded',
      'ends .* as Succeeded, and answers Auto Scaling with CONTINUE',
    ]);
    await explain(stage, failed.deploymentId, [`ends ${failed.deploymentId} as Failed`]);
  },
};

async function ended({ executions }: Stage, status: string) {
  const all = await executions.all();
  return all.find(({ deployment }) => deployment?.type === 'launch' && deployment.status === status)?.deployment;
}

/** Runs the command as a person does, and expects what it says, whatever else it says. */
async function explain({ rehearsal, narrator }: Stage, subject: string, says: readonly string[]): Promise<void> {
  const { code, output } = await slipway(rehearsal, 'explain', subject);
  const missing = says.filter((text) => !new RegExp(text).test(output));
  expectThat(
    code === 0 && missing.length === 0,
    `slipway explain tells of “${missing.join('”, “')}”`,
    `${code}: ${output}`,
  );
  narrator.seen(`slipway explain ${subject}:`);
  narrator.detail(output);
}
