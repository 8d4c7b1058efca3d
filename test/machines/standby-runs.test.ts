import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import { settleDeadExecution } from '../../lambdas/dead-execution/settle-dead-execution.ts';
import { settleDeadFleet } from '../../lambdas/fleet/settle-dead-fleet.ts';
import { aFleetDeployment } from '../lambdas/doubles/a-fleet-deployment.ts';
import { anInPlaceRequest, DECLARED_BY, REVISION_ONE } from '../lambdas/doubles/builders.ts';
import { aPatientGroup } from './a-patient-group.ts';
import { type FleetGround, startFleetGround } from './fleet-ground.ts';

const DEPLOYMENT = 'd-FLEET0001';
const AS_IT_WAS = { minSize: 2, desiredCapacity: 2, maxSize: 3 };
const ids = ['i-0a1b2c3d4e5f60711', 'i-0a1b2c3d4e5f60712'] as const;

describe('a deployment to a fleet whose hosts stand by', () => {
  let ground: FleetGround;
  beforeEach(async () => {
    ground = await startFleetGround();
    await ground.engine.deploymentGroups.declare(aPatientGroup(), DECLARED_BY);
    ground.group = {
      ...ground.group,
      members: ids.map((instanceId) => ({ instanceId, lifecycleState: 'InService', zone: 'us-east-1a' })),
    };
    for (const id of ids) {
      ground.standbyGroups.states.set(id, 'InService');
      ground.targetGroups.registered.add(id);
    }
    ground.standbyGroups.sizes = AS_IT_WAS;
  });
  afterEach(() => ground.close());

  const order = (changes: Partial<FleetDeploymentOrder> = {}) =>
    aFleetDeployment({
      createdAtMs: ground.engine.clock(),
      deploymentOption: 'WITH_TRAFFIC_CONTROL',
      loadBalancerInfo: { targetGroupInfoList: [{ name: 'web-targets' }] },
      ...changes,
    });
  const run = async (changes: Partial<FleetDeploymentOrder> = {}) => {
    await ground.deploy(order(changes));
    return ground.ended(changes.deploymentId ?? DEPLOYMENT);
  };
  const states = () => ids.map((id) => ground.standbyGroups.states.get(id));

  it('brings each back, in a group at its minimum, and the failed one with the rollback', async () => {
    const standing: unknown[] = [];
    ground.behaviour = (_, event) => {
      if (event !== 'Install') return 'Succeeded';
      standing.push(ground.standbyGroups.sizes.desiredCapacity);
      return standing.length === 1 ? 'Failed' : 'Succeeded';
    };

    const failed = await run({
      previousRevision: REVISION_ONE,
      autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
    });
    const rollback = await ground.ended(failed.rollbackInfo?.rollbackDeploymentId ?? '');

    expect([failed.status, rollback.status, rollback.targetCount]).toEqual(['Failed', 'Succeeded', 2]);
    expect(standing[0]).toBe(1);
    expect(states()).toEqual(['InService', 'InService']);
    expect(ground.standbyGroups.sizes).toEqual(AS_IT_WAS);
    expect([...ground.targetGroups.registered].toSorted()).toEqual([...ids]);
  });

  it('gives the capacity back at its end where no rollback comes', async () => {
    ground.behaviour = (_, event) => (event === 'Install' ? 'Failed' : 'Succeeded');

    const { status } = await run();

    expect(status).toBe('Failed');
    expect(states().toSorted()).toEqual(['InService', 'Standby']);
    expect(ground.standbyGroups.sizes).toEqual(AS_IT_WAS);
    expect(ground.targetGroups.registered.size).toBe(1);
  });

  it('gives it back as well when its executions die with a host in Standby', async () => {
    ground.behaviour = async (_, event) => {
      if (event === 'Install')
        await until(async () => (await ground.engine.deployments.byId(DEPLOYMENT))?.completedAtMs);
      return 'Succeeded' as const;
    };
    const executionArn = await ground.deploy(order());
    await until(() => Promise.resolve(states().includes('Standby')));
    await ground.states.client.send(new StopExecutionCommand({ executionArn }));
    const input = JSON.stringify({ deploymentId: DEPLOYMENT });

    await settleDeadFleet({ detail: { status: 'ABORTED', input } }, ground.engine);
    const [instanceId = ''] = ids.filter((id) => ground.standbyGroups.states.get(id) === 'Standby');
    const request = anInPlaceRequest({ deploymentId: DEPLOYMENT, instanceId, targetNumber: 0 });
    await settleDeadExecution({ detail: { status: 'ABORTED', input: JSON.stringify(request) } }, ground.instanceEngine);

    await until(() => Promise.resolve(ground.standbyGroups.sizes.desiredCapacity === 2));
    expect(ground.standbyGroups.sizes).toEqual(AS_IT_WAS);
  });
});

async function until(condition: () => Promise<unknown>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
