import { describe, expect, it } from 'vitest';

import { endFleet } from '../../../lambdas/fleet/steps/end-fleet.ts';
import { openFleet } from '../../../lambdas/fleet/steps/open-fleet.ts';
import { aFleetDeployment } from '../doubles/a-fleet-deployment.ts';
import { aDeploymentGroup, DECLARED_BY } from '../doubles/builders.ts';
import { Crash, crashAfter } from '../doubles/crash.ts';
import { recordedFleetEngine, type RecordedFleetEngine } from './recorded-fleet-engine.ts';

const ORDER = aFleetDeployment({ outdatedInstancesStrategy: 'IGNORE' });
const DEATH = {
  deploymentId: ORDER.deploymentId,
  settlement: null,
  error: { Error: 'States.Timeout' },
  atOnce: true,
} as const;

/** A created deployment to a group with this tag, whose user has suspended zone rebalancing. */
async function aFleetToHold(suspendTag: string): Promise<RecordedFleetEngine> {
  const engine = recordedFleetEngine(['i-1']);
  engine.outside.group = { ...engine.outside.group, suspended: ['AZRebalance'], suspendTag };
  await engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
  await engine.deployments.create(ORDER);
  return engine;
}

describe('the processes that a tag wants suspended', () => {
  it('are suspended when a deployment opens, and those that it has suspended are resumed at its end', async () => {
    const engine = await aFleetToHold('AZRebalance ScheduledActions');

    await openFleet(ORDER.deploymentId, engine);
    expect(engine.outside.group.suspended).toEqual(['AZRebalance', 'ScheduledActions']);

    await endFleet(DEATH, engine);
    expect(engine.outside.group.suspended).toEqual(['AZRebalance']);
  });

  it('are suspended though the tag names others that no deployment suspends, which is said', async () => {
    const engine = await aFleetToHold('Launch ScheduledActions');

    await openFleet(ORDER.deploymentId, engine);

    expect(engine.outside.group.suspended).toEqual(['AZRebalance', 'ScheduledActions']);
    expect(engine.telemetry.lines).toContainEqual({
      message: 'slipway:suspend names processes that deployments do not suspend',
      fields: { autoScalingGroupName: 'web-blue', processes: 'Launch' },
    });
  });

  it('are resumed wherever the function that opens the deployment dies', async () => {
    for (let calls = 1; ; calls += 1) {
      const engine = await aFleetToHold('AZRebalance ScheduledActions');
      const opened = await openFleet(ORDER.deploymentId, crashAfter(engine, calls).ports).catch(
        (error: unknown) => error,
      );

      await endFleet(DEATH, engine);

      expect(engine.outside.group.suspended, `after ${calls} calls`).toEqual(['AZRebalance']);
      if (!(opened instanceof Crash)) break;
    }
  });

  it('are resumed though the tag changes between two attempts to open the deployment', async () => {
    const engine = await aFleetToHold('ScheduledActions');
    await openFleet(ORDER.deploymentId, engine);
    engine.outside.group = { ...engine.outside.group, suspendTag: 'AlarmNotification' };

    await openFleet(ORDER.deploymentId, engine);
    await endFleet(DEATH, engine);

    expect(engine.outside.group.suspended).toEqual(['AZRebalance']);
  });

  it('are let go by a function that suspends them after the end of the deployment', async () => {
    const engine = await aFleetToHold('ScheduledActions');
    const { suspend } = engine.autoScalingGroups;
    const late = {
      ...engine.autoScalingGroups,
      suspend: async (name: string, processes: readonly string[]) => {
        await endFleet(DEATH, engine);
        return suspend(name, processes);
      },
    };

    await openFleet(ORDER.deploymentId, { ...engine, autoScalingGroups: late });

    expect(engine.outside.group.suspended).toEqual(['AZRebalance']);
  });
});
