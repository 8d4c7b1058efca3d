import type { Chapter, ChapterGround } from '../chapter.ts';
import { declaredRevision, hostsInService } from '../deployments.ts';
import { expectThat } from '../../deviation.ts';
import { slipway } from '../../slipway.ts';
import { ExampleStack, withoutRollout, withRevision } from '../stacks.ts';
import { GROUP } from '../../code-deploy.ts';

const untilHeld = ({ fleet, operator }: ChapterGround): Promise<true> =>
  fleet.until('launches to be held', async () => !(await operator.isLaunching(fleet.autoScalingGroupName)));

/** Launches are held from the first, until the stack declares another revision. */
async function declareAnother(ground: ChapterGround): Promise<void> {
  const { operator, narrator, mood } = ground;
  await untilHeld(ground);
  mood.startFails = () => false;
  const stack = new ExampleStack(ground);
  const { bucket = '', key = '' } = await declaredRevision(ground);
  await operator.uploadAgain(bucket, key, 'tour/other.zip');
  await stack.update(withRevision(await stack.template(), { bucket, key: 'tour/other.zip' }));
  await hostsInService(ground);
  narrator.seen('Launches were held, and went on with another revision');
}

const failing: NonNullable<Chapter['prepare']> = (mood) => {
  mood.startFails = () => true;
};

export const heldUntilRolledOut: Chapter = {
  name: 'held-until-rolled-out',
  title: 'Launches are held until the stack rolls out another revision',
  prepare: failing,
  tell: declareAnother,
};

export const heldUntilDeclared: Chapter = {
  name: 'held-until-declared',
  title: 'Launches are held until the stack declares another revision, which it does not roll out',
  prepare: failing,
  adjust: withoutRollout,
  tell: declareAnother,
};

export const heldUntilResumed: Chapter = {
  name: 'held-until-resumed',
  title: 'Launches are held until somebody resumes them',
  prepare: failing,
  async tell(ground) {
    await untilHeld(ground);
    ground.mood.startFails = () => false;
    const { applicationName, deploymentGroupName } = GROUP;
    await slipway(ground.rehearsal, 'resume', '--application', applicationName, '--group', deploymentGroupName);
    await hostsInService(ground);
    ground.narrator.seen('Launches were held, and went on when somebody resumed them');
  },
};

/** As long as three launches one after the other. */
const SLOW_MS = 25 * 60_000;

export const lateSuccess: Chapter = {
  name: 'late-success',
  title: 'Launches are held while one is under way, and it succeeds',
  desiredCapacity: 2,
  prepare(mood) {
    let slow: string | undefined;
    const isSlow = (instanceId: string): boolean => (slow ??= instanceId) === instanceId;
    mood.eventMs = (instanceId) => (isSlow(instanceId) ? SLOW_MS : 0);
    mood.startFails = (instanceId) => !isSlow(instanceId);
  },
  async tell(ground) {
    const { fleet, operator, mood, narrator } = ground;
    await untilHeld(ground);
    const { startFails } = mood;
    mood.eventMs = () => 0;
    await fleet.until('launches to go on', () => operator.isLaunching(fleet.autoScalingGroupName));
    mood.startFails = () => false;
    await hostsInService(ground, 2);
    void startFails;
    narrator.seen('The launch that succeeded let the others go on');
  },
};

export const lateNews: Chapter = {
  name: 'late-news',
  title: 'Old events of launches come again, while launches are held',
  async tell(ground) {
    const { fleet, operator, rehearsal, mood, narrator } = ground;
    const machine = rehearsal.outputs('SlipwayEngine')['StateMachineArn'] ?? '';
    const [deadExecution = ''] = await operator.resources('AWS::Lambda::Function', /DeadExecutionFunction/);
    const tellAgain = async (instanceId: string): Promise<void> => {
      const input = await operator.inputOf(machine, new RegExp(`^launch-${instanceId}`));
      await operator.invoke(deadExecution, { detail: { status: 'ABORTED', input } });
    };
    const [well = ''] = await hostsInService(ground);
    let failed = '';
    mood.startFails = (instanceId) => {
      failed = instanceId;
      return true;
    };
    await fleet.setDesiredCapacity(2);
    await untilHeld(ground);
    await tellAgain(well);
    expectThat(await operator.isLaunching(fleet.autoScalingGroupName), 'launches go on', 'they are still held');

    await untilHeld(ground);
    await fleet.setDesiredCapacity(1); // nothing is launched that would tell of a failure by itself
    await fleet.until('the failed ones to be gone', async () => (await fleet.instances()).length === 1);
    await operator.resumeLaunches(fleet.autoScalingGroupName);
    await tellAgain(failed);
    await untilHeld(ground);
    narrator.seen('Late news of a success let launches go on, late news of a failure did not');
  },
};
