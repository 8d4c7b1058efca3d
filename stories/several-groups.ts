import { expectThat } from './deviation.ts';
import type { DeploymentRecord } from './executions.ts';
import type { Fleet } from './fleet.ts';
import type { Stage } from './stage.ts';

type GroupsStage = Stage & { readonly fleet: Fleet };

/** Two deployment groups on the same instances: they launch in order, leave backwards, and one failure speaks for both. */
export async function severalGroups(stage: GroupsStage): Promise<void> {
  const broken = stage.assemblies.withRevision('broken-start');
  void broken.catch(() => undefined); // reported to whoever awaits it later
  const [first = ''] = await launchInOrder(stage);
  await leaveBackwards(first, stage);
  await failTogether(await broken, stage);
}

async function launchInOrder(stage: GroupsStage): Promise<readonly string[]> {
  const { fleet, narrator } = stage;
  narrator.chapter('Two instances launch: web first, then its monitor, and one verdict for both');
  const inService = await fleet.until(
    'two instances in service',
    async () => {
      const ids = await fleet.inService();
      return ids.length === 2 && ids;
    },
    7200,
  );
  for (const instanceId of inService) {
    const verdict = await ended(instanceId, 'launch', stage);
    expectCourse(verdict, ['web/web-fleet Succeeded', 'monitor/monitor-fleet Succeeded']);
    expectResult(verdict, 'CONTINUE');
    expectOneCompletion(instanceId, stage);
    tell(verdict, stage);
    const answer = await fleet.askApplication(instanceId);
    expectThat(answer !== undefined, 'the application answers', 'it does not');
  }
  return inService;
}

async function leaveBackwards(instanceId: string, stage: GroupsStage): Promise<void> {
  const { fleet, rehearsal, narrator } = stage;
  narrator.chapter('One of them leaves: the monitor stops first, then web');
  await fleet.terminate(instanceId);

  const verdict = await ended(instanceId, 'termination', stage);
  expectCourse(verdict, ['monitor/monitor-fleet Succeeded', 'web/web-fleet Succeeded']);
  expectResult(verdict, 'CONTINUE');
  tell(verdict, stage);
  const lastWords = (await rehearsal.readHostFile(instanceId, '/var/log/monitor.log')).trim().split('\n').at(-1);
  expectThat(lastWords === 'watched web-app to the end', 'the monitor ends first', `its log ends with “${lastWords}”`);
  narrator.detail(`The monitor’s last words on its disk: “${lastWords}”`);
}

async function failTogether(broken: string, stage: GroupsStage): Promise<void> {
  const { fleet, rehearsal, narrator } = stage;
  narrator.chapter('Web gets a revision that does not start: the launch is abandoned, and its monitor is never begun');
  await rehearsal.deploy(broken);
  const before = new Set((await fleet.instances()).map(({ InstanceId: id }) => id));
  await fleet.setDesiredCapacity(2);
  const instanceId = await fleet.until('another launch', async () =>
    (await fleet.instances()).map(({ InstanceId: id }) => id).find((id) => !before.has(id)),
  );

  const verdict = await ended(instanceId, 'launch', stage);
  await fleet.setDesiredCapacity(1);
  expectCourse(verdict, ['web/web-fleet Failed', 'monitor/monitor-fleet Skipped']);
  expectResult(verdict, 'ABANDON');
  expectOneCompletion(instanceId, stage);
  tell(verdict, stage);
  await fleet.until(`${instanceId} gone`, async () =>
    (await fleet.instances()).every(({ InstanceId: id }) => id !== instanceId),
  );
  narrator.seen(`${instanceId} was terminated and never took traffic`);
}

function ended(instanceId: string, type: 'launch' | 'termination', { fleet, executions }: GroupsStage) {
  return fleet.until(`the end of the ${type} of ${instanceId}`, () => executions.ended(instanceId, type));
}

function expectCourse({ type, deployments = [] }: DeploymentRecord, promised: readonly string[]): void {
  const course = deployments.map((each) => `${each.applicationName}/${each.deploymentGroupName} ${each.status}`);
  const expected = `the ${type} comes to ${promised.join(', then ')}`;
  expectThat(course.join() === promised.join(), expected, `it came to ${course.join(', then ')}`);
}

function expectResult({ type, lifecycleActionResult: result }: DeploymentRecord, promised: string): void {
  expectThat(result === promised, `the ${type} ends with ${promised}`, `it ended with ${result}`);
}

/** Auto Scaling hears of a launch's end once, however many deployments there are. */
function expectOneCompletion(instanceId: string, { rehearsal }: GroupsStage): void {
  const completions = rehearsal.journal.entries.filter(
    (entry) =>
      entry.kind === 'lifecycleAction' &&
      entry.instanceId === instanceId &&
      entry.lifecycleHookName === 'slipway-launch' &&
      entry.event === 'completed',
  );
  expectThat(completions.length === 1, 'one call completes the action', `${completions.length} did`);
}

function tell(
  { instanceId, deployments = [], lifecycleActionResult }: DeploymentRecord,
  { narrator }: GroupsStage,
): void {
  narrator.seen(`${instanceId}: ${lifecycleActionResult}`);
  for (const { deploymentId, applicationName, deploymentGroupName, status, reason } of deployments)
    narrator.detail(`${deploymentId} of ${applicationName}/${deploymentGroupName}: ${status}. ${reason}`);
}
