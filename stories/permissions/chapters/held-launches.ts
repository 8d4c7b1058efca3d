import type { Chapter, ChapterGround } from '../chapter.ts';
import { declaredRevision, hostsInService } from '../deployments.ts';
import { expectThat } from '../../deviation.ts';
import { slipway } from '../../slipway.ts';
import { ExampleStack, withRevision } from '../stacks.ts';
import { GROUP } from '../../code-deploy.ts';

const untilHeld = ({ fleet, operator }: ChapterGround): Promise<true> =>
  fleet.until('launches to be held', async () => !(await operator.isLaunching(fleet.autoScalingGroupName)));

export const heldLaunches: Chapter = {
  name: 'held-launches',
  title: 'Launches are held until another revision is declared, and once more until somebody resumes them',
  prepare(mood) {
    mood.startFails = () => true;
  },
  async tell(ground) {
    const { operator, rehearsal, narrator, mood } = ground;
    await untilHeld(ground);
    const stack = new ExampleStack(ground);
    const { bucket = '', key = '' } = await declaredRevision(ground);
    await operator.uploadAgain(bucket, key, 'tour/other.zip');
    await stack.update(withRevision(await stack.template(), { bucket, key: 'tour/other.zip' }));
    await stack.rest();
    narrator.seen('Launches were held, and went on with another revision');

    await untilHeld(ground); // that one fails as well, maybe before the stack is at rest
    mood.startFails = () => false;
    const { applicationName, deploymentGroupName } = GROUP;
    await slipway(rehearsal, 'resume', '--application', applicationName, '--group', deploymentGroupName);
    await hostsInService(ground);
    narrator.seen('They were held again, and went on when somebody resumed them');
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
    await operator.resumeLaunches(fleet.autoScalingGroupName);
    await tellAgain(failed);
    await untilHeld(ground);
    narrator.seen('Late news of a success let launches go on, late news of a failure did not');
  },
};
