import { beforeEach, describe, expect, it } from 'vitest';

import type { TrafficEventName } from '../../../core/lifecycle-event.ts';
import { targetIdOf } from '../../../core/target-request.ts';
import { settleDeployment } from '../../../lambdas/orchestrator/steps/settle-deployment.ts';
import { stopTheWork } from '../../../lambdas/orchestrator/steps/stop-the-work.ts';
import { moveTraffic } from '../../../lambdas/traffic/move-traffic.ts';
import { anInPlaceRequest, aTarget } from '../doubles/builders.ts';
import { MemoryTargetGroups } from '../doubles/memory-target-groups.ts';
import { recordedEngine } from '../doubles/recorded-engine.ts';

const request = anInPlaceRequest();
const ID = targetIdOf(request);
const OUT = 'The host stays out of web-targets:80 until a deployment to it succeeds';

describe('a deployment that is stopped with traffic in flight', () => {
  let world: ReturnType<typeof recordedEngine> & { readonly targetGroups: MemoryTargetGroups };
  beforeEach(async () => {
    world = { ...recordedEngine(), targetGroups: new MemoryTargetGroups() };
    world.targetGroups.states.set(80, 'healthy');
    await world.targets.open(aTarget({ request, trafficControl: { targetGroupNames: ['web-targets'] }, legNumber: 1 }));
  });

  const move = (event: TrafficEventName) =>
    moveTraffic({ request, event, stepNumber: event === 'BlockTraffic' ? 2 : 4 }, world);
  const underWay = (event: TrafficEventName) => expect(move(event)).rejects.toThrow();
  const ended = async (event: TrafficEventName) => {
    await underWay(event);
    world.targetGroups.answer();
    await move(event);
  };
  const stop = () => stopTheWork(ID, { kind: 'DeploymentStopped', reason: 'It was stopped' }, world);

  it.each([
    {
      moment: 'before BlockTraffic',
      reach: () => Promise.resolve(),
      next: 'BlockTraffic',
      target: 'healthy',
      reason: 'It was stopped',
    },
    {
      moment: 'in BlockTraffic',
      reach: () => underWay('BlockTraffic'),
      next: 'BlockTraffic',
      target: 'draining',
      reason: `It was stopped. ${OUT}`,
    },
    {
      moment: 'between BlockTraffic and AllowTraffic',
      reach: () => ended('BlockTraffic'),
      next: 'AllowTraffic',
      target: undefined,
      reason: `It was stopped. ${OUT}`,
    },
    {
      moment: 'in AllowTraffic',
      reach: async () => {
        await ended('BlockTraffic');
        await underWay('AllowTraffic');
      },
      next: 'AllowTraffic',
      target: 'initial',
      reason: 'It was stopped',
    },
    {
      moment: 'after AllowTraffic',
      reach: async () => {
        await ended('BlockTraffic');
        await ended('AllowTraffic');
      },
      next: 'AllowTraffic',
      target: 'healthy',
      reason: 'It was stopped',
    },
  ] as const)('leaves the host as documented: $moment', async ({ reach, next, target, reason }) => {
    await reach();
    await stop();
    await expect(move(next)).rejects.toMatchObject({ name: 'TrafficNotMoved' });

    const outcome = await settleDeployment(request, undefined, world);

    expect(outcome).toMatchObject({ status: 'Stopped', reason });
    expect(world.targetGroups.states.get(80)).toBe(target);
  });

  it('has its traffic again with the next deployment, whatever moment that was', async () => {
    await ended('BlockTraffic');
    await stop();
    await settleDeployment(request, undefined, world);
    const rollback = anInPlaceRequest({ deploymentId: 'd-ROLLBACK0', creator: 'codeDeployRollback' });
    await world.targets.open(
      aTarget({ request: rollback, trafficControl: { targetGroupNames: ['web-targets'] }, legNumber: 1 }),
    );

    await moveTraffic({ request: rollback, event: 'BlockTraffic', stepNumber: 2 }, world);
    await expect(moveTraffic({ request: rollback, event: 'AllowTraffic', stepNumber: 4 }, world)).rejects.toThrow();
    world.targetGroups.answer();

    await expect(moveTraffic({ request: rollback, event: 'AllowTraffic', stepNumber: 4 }, world)).resolves.toEqual({
      status: 'Succeeded',
    });
    expect([...world.targetGroups.states]).toEqual([[80, 'healthy']]);
  });
});
