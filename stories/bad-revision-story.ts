import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { expectThat } from './deviation.ts';
import type { DeploymentExecution } from './executions.ts';
import { Fleet } from './fleet.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';
import { formatDuration } from './timeline/format.ts';
import { lastLines } from './timeline/render.ts';

export interface BadRevisionOutcome {
  /** Rehearsed milliseconds from the end of the third launch that failed until launches were held. */
  readonly msToHeld: number;
  /** Launches that failed in all: of a first revision, and of one that came later. */
  readonly failedLaunches: readonly [number, number];
}

/** `npm start -- bad-revision`: launches that keep failing do not go round in a loop. */
export const badRevisionStory: Story<BadRevisionOutcome> = {
  name: 'bad-revision',
  summary: 'launches of a bad revision fail three times, and then no more: the last good one is launched',
  settings: { rollout: 'none' }, // new hosts are what it is about
  revision: 'broken-start',
  async tell(stage) {
    const { rehearsal, assemblies, narrator } = stage;
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    void assemblies.withRevision('web-app').catch(() => undefined);

    narrator.chapter('A group starts with a revision whose start script fails');
    await fleet.until('launches to be held', () => isHeld(stage, fleet.autoScalingGroupName));
    await fleet.until('the end of what was under way', async () => {
      return (await fleet.instances()).length === 0 && (await launches(stage)).every(hasEnded);
    });
    const first = (await launches(stage)).filter(hasFailed);
    tellFailure(first.at(-1), stage);
    const msToHeld = heldAt(stage) - (first.map(failedAt).toSorted((one, other) => one - other)[2] ?? 0);
    narrator.seen(
      `${first.length} launches failed; then launches were held, ${formatDuration(msToHeld)} after the third, as nothing else was ever deployed`,
    );
    await rehearsal.clock.sleep(600_000);
    const later = (await launches(stage)).length;
    expectThat(later === first.length, 'nothing is launched any more', `${later - first.length} more launches`);
    narrator.seen('Ten minutes later nothing more was launched');

    narrator.chapter('Another revision is deployed');
    await rehearsal.deploy(await assemblies.withRevision('web-app'));
    await fleet.until('two instances in service', async () => (await fleet.inService()).length === 2);
    expectThat(!(await isHeld(stage, fleet.autoScalingGroupName)), 'launches go on', 'they are still held');
    narrator.seen('Launches went on by themselves, and two instances are in service');

    narrator.chapter('A bad revision follows a good one, and the group grows');
    await rehearsal.deploy(await assemblies.withVersion('broken-start', '9.9.9'));
    const before = (await launches(stage)).length;
    await fleet.setDesiredCapacity(3);
    await fleet.until('three instances in service', async () => (await fleet.inService()).length === 3);
    const others = (await launches(stage)).slice(before);
    const failed = others.filter(hasFailed);
    expectThat(failed.length === 3, 'three launches fail', `${failed.length} did`);
    const ids = await fleet.inService();
    const answers = await Promise.all(ids.map((id) => fleet.askApplication(id)));
    expectThat(
      answers.every((answer) => answer?.includes('web-app')),
      'every host runs the revision that works',
      answers.join(', '),
    );
    narrator.seen(`Three launches failed; the fourth got the last revision that had succeeded: “${answers.at(-1)}”`);
    return { msToHeld, failedLaunches: [first.length, failed.length] };
  },
};

async function launches({ executions }: Stage): Promise<DeploymentExecution[]> {
  return (await executions.all()).filter(({ name }) => name.startsWith('launch-'));
}

function hasEnded({ endedAt }: DeploymentExecution): boolean {
  return endedAt !== undefined;
}

function hasFailed({ deployment }: DeploymentExecution): boolean {
  return deployment?.status === 'Failed';
}

/** When the script of a launch failed. */
function failedAt({ deployment }: DeploymentExecution): number {
  const failed = deployment?.lifecycleEvents.find(({ status }) => status === 'Failed');
  return Date.parse(failed?.endTime ?? '');
}

/** When the engine suspended the launches of the group. */
function heldAt({ rehearsal }: Stage): number {
  const calls = rehearsal.journal.entries.filter((entry) => entry.kind === 'call');
  return calls.find(({ operation }) => operation === 'SuspendProcesses')?.at ?? Number.NaN;
}

function tellFailure(execution: DeploymentExecution | undefined, { narrator }: Stage): void {
  const failed = execution?.deployment?.lifecycleEvents.find(({ status }) => status === 'Failed');
  narrator.seen(`${execution?.deployment?.instanceId}: ${execution?.deployment?.reason}`);
  narrator.detail(
    lastLines(failed?.diagnostics?.logTail ?? '', 3)
      .map((line) => `│ ${line}`)
      .join('\n'),
  );
}

async function isHeld({ rehearsal }: Stage, autoScalingGroupName: string): Promise<boolean> {
  const { endpoint, region } = rehearsal;
  const client = new AutoScalingClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
  });
  const input = { AutoScalingGroupNames: [autoScalingGroupName] };
  const { AutoScalingGroups: [group] = [] } = await client.send(new DescribeAutoScalingGroupsCommand(input));
  return group?.SuspendedProcesses?.some(({ ProcessName }) => ProcessName === 'Launch') ?? false;
}
