import { expectThat } from './deviation.ts';
import { FleetDeployments } from './fleet-deployments.ts';
import { Fleet } from './fleet.ts';
import type { Story } from './story.ts';

const HOSTS = 3;
const NEW_VERSION = '2.0.0';

/** `npm start -- leaving`: a host is taken away in the middle of the work on it. */
export const leavingStory: Story<void> = {
  name: 'leaving',
  summary: 'a host is terminated while it is deployed to, which is no failure of the deployment',
  settings: { rollout: 'start', desiredCapacity: String(HOSTS) },
  async tell(stage) {
    const { rehearsal, assemblies, narrator } = stage;
    const next = assemblies.withVersion('web-app', NEW_VERSION);
    void next.catch(() => undefined); // reported to the story, which awaits it later
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    const deployments = new FleetDeployments(rehearsal, fleet);

    narrator.chapter(`A fleet of ${HOSTS} instances is launched`);
    await fleet.until(`${HOSTS} instances in service`, async () => (await fleet.inService()).length === HOSTS);
    narrator.seen(`${HOSTS} instances are in service`);

    narrator.chapter('A new revision rolls over it, one host at a time, and the host at work is terminated');
    const deploymentId = await deployments.startedBy(await next);
    const { targetId: leaving } = await deployments.targetThatIs('InProgress', deploymentId);
    await fleet.terminate(leaving);
    narrator.seen(`${leaving} was terminated while ${deploymentId} worked on it`);

    await deployments.succeeded(deploymentId);
    const targets = await deployments.targets(deploymentId);
    const statuses = targets.map(({ targetId, status }) => `${targetId} ${status}`);
    expectThat(
      targets.every(({ targetId, status }) => status === (targetId === leaving ? 'Skipped' : 'Succeeded')),
      `${leaving} is skipped, and the others succeed`,
      statuses.join(', '),
    );
    await fleet.expectEveryAnswer(NEW_VERSION, HOSTS - 1);
    narrator.seen(`${deploymentId} succeeded: ${statuses.join(', ')}`);

    narrator.chapter('The instance leaves in order');
    const farewell = await fleet.until(`the termination deployment of ${leaving}`, () =>
      stage.executions.ended(leaving, 'termination'),
    );
    const [before] = (await stage.executions.all()).flatMap(({ deployment }) =>
      deployment?.type === 'in-place' && deployment.instanceId === leaving ? [deployment] : [],
    );
    const lastEnd = before?.lifecycleEvents.findLast(({ endTime }) => endTime !== undefined)?.endTime ?? '';
    const firstStart = farewell.lifecycleEvents.find(({ startTime }) => startTime !== undefined)?.startTime ?? '';
    expectThat(
      Date.parse(lastEnd) <= Date.parse(firstStart),
      'the termination deployment begins when the other has left the host',
      `the one was at work until ${lastEnd}, the other from ${firstStart}`,
    );
    expectThat(
      farewell.lifecycleActionResult === 'CONTINUE',
      'the action continues',
      String(farewell.lifecycleActionResult),
    );
    narrator.seen(`${farewell.deploymentId} took leave of it after that: ${farewell.status}. ${farewell.reason}`);
  },
};
