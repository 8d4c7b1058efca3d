import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { stopFleet } from '../../api/deployments/stop-fleet.ts';
import type { FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import { settleDeadFleet } from '../../lambdas/fleet/settle-dead-fleet.ts';
import { windDown } from '../../lambdas/fleet/steps/wind-down.ts';
import { aFleetDeployment } from '../lambdas/doubles/a-fleet-deployment.ts';
import { DECLARED_BY, REVISION_ONE, REVISION_TWO, WEB_FLEET } from '../lambdas/doubles/builders.ts';
import { aPatientGroup } from './a-patient-group.ts';
import { type FleetGround, startFleetGround } from './fleet-ground.ts';

const HALF = { type: 'FLEET_PERCENT', value: 50 } as const;
const ALL = { type: 'HOST_COUNT', value: 0 } as const;
const DEPLOYMENT = 'd-FLEET0001';
const idOf = (number: number): string => `i-0a1b2c3d4e5f6071${number}`;
const ALL_DONE = { Pending: 0, InProgress: 0, Failed: 0, Skipped: 0, Ready: 0, Succeeded: 6 };

describe('the course of a deployment to a fleet', () => {
  let ground: FleetGround;

  beforeEach(async () => {
    ground = await startFleetGround();
    await ground.engine.deploymentGroups.declare(aPatientGroup(), DECLARED_BY);
    ground.group = { ...ground.group, members: members(6) };
  });
  afterEach(() => ground.close());

  const run = async (changes: Partial<FleetDeploymentOrder> = {}) => {
    await ground.deploy(aFleetDeployment({ createdAtMs: ground.engine.clock(), ...changes }));
    return ground.ended(changes.deploymentId ?? DEPLOYMENT);
  };

  it('takes one host after the other', async () => {
    const deployment = await run();

    expect(deployment).toMatchObject({ status: 'Succeeded', overview: ALL_DONE, targetCount: 6 });
    expect(ground.mostAtWork).toBe(1);
    expect(new Set(ground.touched).size).toBe(6);
    const { told } = ground.notifications;
    expect([told[0], told.at(-1)]).toEqual([`${DEPLOYMENT} Created`, `${DEPLOYMENT} Succeeded`]);
    expect(told.filter((status) => status === `${idOf(0)} InProgress`)).toHaveLength(1);
    expect(told.filter((status) => status === `${idOf(0)} Succeeded`)).toHaveLength(1);
    expect((await ground.engine.deploymentGroups.byName(WEB_FLEET))?.lastSuccessfulRevision).toEqual(REVISION_TWO);
  });

  it('takes half of them at a time', async () => {
    const deployment = await run({ minimumHealthyHosts: HALF });

    expect(deployment).toMatchObject({ status: 'Succeeded', overview: ALL_DONE });
    expect(ground.mostAtWork).toBeLessThanOrEqual(3);
  });

  it('takes all of them at once, and fails when none succeeds', async () => {
    ground.behaviour = () => 'Failed';

    const deployment = await run({ minimumHealthyHosts: ALL });

    expect(deployment).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'HEALTH_CONSTRAINTS' },
      overview: { Failed: 6 },
    });
  });

  it('touches no further host once one has failed that must be healthy', async () => {
    ground.behaviour = (_, event) => (ground.touched.length === 2 && event === 'Install' ? 'Failed' : 'Succeeded');

    const deployment = await run();

    expect(deployment).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'HEALTH_CONSTRAINTS' },
      overview: { Succeeded: 1, Failed: 1, Skipped: 4 },
    });
    expect(ground.touched).toHaveLength(2);
    expect((await ground.engine.deploymentGroups.byName(WEB_FLEET))?.lastSuccessfulRevision).toBeUndefined();
  });

  it('goes on with as many as are left when some have failed', async () => {
    ground.behaviour = (instanceId, event) =>
      [idOf(1), idOf(2)].includes(instanceId) && event === 'Install' ? 'Failed' : 'Succeeded';

    const deployment = await run({ minimumHealthyHosts: HALF });

    expect(deployment).toMatchObject({ status: 'Succeeded', overview: { Succeeded: 4, Failed: 2 } });
  });

  it('begins no further lifecycle event once it is stopped, and lets the running one end', async () => {
    const events: string[] = [];
    ground.behaviour = async (instanceId, event) => {
      events.push(event);
      if (event === 'Install') {
        await stop();
        await until(async () => (await ground.engine.hosts.byId(instanceId))?.leg?.endsAfter);
      }
      return 'Succeeded' as const;
    };

    const deployment = await run();

    expect(deployment).toMatchObject({
      status: 'Stopped',
      errorInformation: { code: 'MANUAL_STOP' },
      overview: { Failed: 1, Skipped: 5 },
    });
    expect(events.at(-1)).toBe('Install');
  });

  it('stops at once between two zones, and rolls back though nobody has configured it', async () => {
    ground.group = { ...ground.group, members: members(2) };
    const zonalConfig = { monitorDurationInSeconds: 100 };
    const previousRevision = REVISION_ONE;
    const createdAtMs = ground.engine.clock();
    await ground.deploy(aFleetDeployment({ createdAtMs, minimumHealthyHosts: ALL, zonalConfig, previousRevision }));
    await until(async () => (await ground.engine.fleets.places(DEPLOYMENT))?.succeeded);

    const outcomes = [await stop({ rollBack: true }), await stop()];

    const deployment = await ground.ended(DEPLOYMENT);
    expect(outcomes).toEqual(['stopped', 'over']);
    expect(deployment).toMatchObject({ status: 'Stopped', overview: { Succeeded: 1, Skipped: 1 } });
    const rollback = await ground.ended(deployment.rollbackInfo?.rollbackDeploymentId ?? '');
    expect(rollback).toMatchObject({ status: 'Succeeded', revision: REVISION_ONE, overview: { Succeeded: 2 } });
  });

  it('never begins when it is stopped first, and gives its group free', async () => {
    const order = aFleetDeployment({ createdAtMs: ground.engine.clock() });
    await ground.engine.deployments.create(order);

    expect(await stop()).toBe('stopped');

    const deployment = await ground.ended(DEPLOYMENT);
    expect(deployment).toMatchObject({ status: 'Stopped', errorInformation: { code: 'MANUAL_STOP' } });
    expect(ground.touched).toEqual([]);
    expect(await ground.engine.groups.history(order.deploymentGroupId)).not.toHaveProperty('activeDeploymentId');
  });

  const stop = (request: { readonly rollBack?: boolean } = {}) => {
    const { engine } = ground;
    return stopFleet(
      DEPLOYMENT,
      { atMs: engine.clock(), ...request },
      {
        ...engine,
        fleetDeployments: engine.deployments,
        fleetExecutions: engine.executions,
        windDown: (deploymentId, reason) => windDown(deploymentId, reason, engine),
      },
    );
  };

  it('never begins while an alarm rings', async () => {
    ground.alarms = { kind: 'read', ringing: ['errors'] };

    const deployment = await run({ alarmConfiguration: watching('errors') });

    expect(deployment).toMatchObject({ status: 'Stopped', errorInformation: { code: 'ALARM_ACTIVE' } });
    expect(ground.touched).toEqual([]);
  });

  it('stops when an alarm begins to ring, and rolls back though it still rings', async () => {
    await run({ deploymentId: 'd-FLEET0000', revision: REVISION_ONE, minimumHealthyHosts: ALL });
    ground.behaviour = async (_, event) => {
      ground.alarms = { kind: 'read', ringing: ['errors'] };
      if (event === 'Install') await until(async () => (await ground.engine.fleets.places(DEPLOYMENT))?.ending);
      return 'Succeeded' as const;
    };

    const deployment = await run({
      minimumHealthyHosts: ALL,
      alarmConfiguration: watching('errors'),
      autoRollback: { enabled: true, events: ['DEPLOYMENT_STOP_ON_ALARM'] },
    });

    expect(deployment).toMatchObject({ status: 'Stopped', errorInformation: { code: 'ALARM_ACTIVE' } });
    const rollback = await ground.ended(deployment.rollbackInfo?.rollbackDeploymentId ?? '');
    expect(rollback).toMatchObject({
      status: 'Succeeded',
      creator: 'codeDeployRollback',
      revision: REVISION_ONE,
      rollbackInfo: { rollbackTriggeringDeploymentId: DEPLOYMENT },
      overview: ALL_DONE,
    });
    expect(await ground.engine.groups.history(deployment.deploymentGroupId)).not.toHaveProperty('activeDeploymentId');
  });

  it('goes from zone to zone', async () => {
    const deployment = await run({
      minimumHealthyHosts: ALL,
      zonalConfig: { monitorDurationInSeconds: 30, minimumHealthyHostsPerZone: { type: 'HOST_COUNT', value: 1 } },
    });

    expect(deployment).toMatchObject({ status: 'Succeeded', overview: ALL_DONE });
    expect(ground.touched.map((id) => members(6).find(({ instanceId }) => instanceId === id)?.zone)).toEqual(
      [...'aaabbb'].map((letter) => `us-east-1${letter}`),
    );
    expect(ground.mostAtWork).toBeLessThanOrEqual(2);
  });

  it('brings hosts up to date that were launched meanwhile', async () => {
    ground.behaviour = () => {
      ground.group = { ...ground.group, members: members(7) };
      return 'Succeeded';
    };

    const deployment = await run({ minimumHealthyHosts: ALL });

    const [followOnId = ''] = deployment.relatedDeployments?.autoUpdateOutdatedInstancesDeploymentIds ?? [];
    expect(await ground.ended(followOnId)).toMatchObject({
      status: 'Succeeded',
      creator: 'CodeDeployAutoUpdate',
      targetCount: 1,
      relatedDeployments: { autoUpdateOutdatedInstancesRootDeploymentId: DEPLOYMENT },
    });
  });

  it('holds the Auto Scaling group still, and lets go of nothing that others hold', async () => {
    ground.group = {
      ...ground.group,
      suspended: ['AZRebalance'],
      suspendTag: 'AZRebalance ReplaceUnhealthy',
    };
    const seen = new Set<string>();
    ground.behaviour = () => {
      ground.group.suspended.forEach((process) => seen.add(process));
      return 'Failed';
    };

    await run();

    expect([...seen].toSorted()).toEqual(['AZRebalance', 'ReplaceUnhealthy']);
    expect(ground.group.suspended).toEqual(['AZRebalance']);
  });

  it('is ended from outside when its execution dies', async () => {
    ground.behaviour = async () => {
      await until(async () => (await ground.engine.deployments.byId(DEPLOYMENT))?.completedAtMs);
      return 'Succeeded' as const;
    };
    ground.group = { ...ground.group, suspendTag: 'AZRebalance' };
    const order = aFleetDeployment({ createdAtMs: ground.engine.clock() });
    const executionArn = await ground.deploy(order);
    await until(() => Promise.resolve(ground.touched.length > 0));
    await ground.states.client.send(new StopExecutionCommand({ executionArn }));

    const news = { detail: { status: 'ABORTED', input: JSON.stringify({ deploymentId: DEPLOYMENT }) } } as const;
    await settleDeadFleet(news, ground.engine);
    await settleDeadFleet(news, ground.engine);

    expect(await ground.engine.deployments.byId(DEPLOYMENT)).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'INTERNAL_ERROR' },
      overview: { Failed: 1, Skipped: 5 },
    });
    expect(ground.group.suspended).toEqual([]);
    expect(await ground.engine.groups.history(order.deploymentGroupId)).not.toHaveProperty('activeDeploymentId');
  });

  it('fails when its group was deleted before it began', async () => {
    await ground.engine.deploymentGroups.withdraw(WEB_FLEET, DECLARED_BY);

    expect(await run()).toMatchObject({ status: 'Failed', errorInformation: { code: 'DEPLOYMENT_GROUP_MISSING' } });
    expect(ground.touched).toEqual([]);
  });

  it('goes on when its group is deleted while it runs, and leaves nothing of the group behind', async () => {
    ground.group = { ...ground.group, members: members(1) };
    ground.behaviour = async () => {
      await ground.engine.deploymentGroups.withdraw(WEB_FLEET, DECLARED_BY);
      return 'Failed' as const;
    };

    const deployment = await run({
      previousRevision: REVISION_ONE,
      autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
    });

    expect(deployment).toMatchObject({ status: 'Failed', overview: { Failed: 1 } });
    expect(deployment.rollbackInfo).toBeUndefined();
    expect(await ground.engine.groups.history(deployment.deploymentGroupId)).toEqual({});
  });

  it('says so when there is nobody to deploy to', async () => {
    ground.group = { ...ground.group, members: [] };

    expect(await run()).toMatchObject({ status: 'Failed', errorInformation: { code: 'NO_INSTANCES' } });
  });
});

const members = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    instanceId: idOf(number),
    lifecycleState: 'InService',
    zone: number % 2 === 0 ? 'us-east-1a' : 'us-east-1b',
  }));

const watching = (...names: readonly string[]) => ({
  enabled: true,
  ignorePollAlarmFailure: false,
  alarms: names.map((name) => ({ name })),
});

async function until(condition: () => Promise<unknown>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
