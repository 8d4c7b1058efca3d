import { beforeEach, describe, expect, it } from 'vitest';

import { LAUNCH_REVISION_TAG } from '../../../core/fleet/launch-revision.ts';
import { deploymentIdFor } from '../../../core/identifiers.ts';
import { newLeg } from '../../../core/mailbox/leg.ts';
import type { Revision } from '../../../core/revision.ts';
import { targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import { NOTHING_OWED } from '../../../core/traffic/standby.ts';
import { carryOut as carryOutFleetStep, type FleetStep } from '../../../lambdas/fleet/step.ts';
import { carryOut } from '../../../lambdas/orchestrator/step.ts';
import { aFleetDeployment } from '../doubles/a-fleet-deployment.ts';
import {
  aDeploymentGroup,
  aLaunch,
  anInPlaceRequest,
  DECLARED_BY,
  REVISION_ONE,
  REVISION_TWO,
  WEB_FLEET,
} from '../doubles/builders.ts';
import { type RecordedFleetEngine, recordedFleetEngine } from './recorded-fleet-engine.ts';

const { deploymentId, deploymentGroupId } = aFleetDeployment();
const OLD = ['i-old0', 'i-old1'];
const BORN = aLaunch({ instanceId: 'i-born', lifecycleActionToken: 'b0c0ffee-2a77-4b0e-8f7b-0f2a9a4f6d10' });
const FOLLOW_ON = deploymentIdFor(`what follows ${deploymentId}`);

let engine: RecordedFleetEngine;
beforeEach(async () => {
  engine = recordedFleetEngine(OLD);
  await engine.deploymentGroups.declare(aDeploymentGroup({ revision: REVISION_TWO }), DECLARED_BY);
  await engine.deploymentGroups.remember(WEB_FLEET, REVISION_ONE);
  await engine.deployments.create(aFleetDeployment());
  await fleetStep({ step: 'openFleet' });
});

const fleetStep = (step: Partial<FleetStep>, id = deploymentId) =>
  carryOutFleetStep({ deploymentId: id, ...step } as FleetStep, engine);
const open = (request: TargetRequest) => carryOut({ step: 'openDeployment', request }, engine);
const revisionOf = async (request: TargetRequest) => (await engine.targets.byId(targetIdOf(request)))?.revision;
const inService = (...instanceIds: string[]) => move('InService', ...instanceIds);

function move(lifecycleState: string, ...instanceIds: string[]): void {
  const { group } = engine.outside;
  const moved = instanceIds.map((instanceId) => ({ instanceId, lifecycleState, zone: 'us-east-1a' }));
  const others = group.members.filter(({ instanceId }) => !instanceIds.includes(instanceId));
  engine.outside.group = { ...group, members: [...others, ...moved] };
}

/** The host does all that it is asked for. */
async function succeed(request: TargetRequest): Promise<void> {
  const { deploymentId: id, instanceId } = targetIdOf(request);
  const leg = newLeg({ deploymentId: id, legNumber: 1, events: ['Install'], toleratedFailures: [] }, engine.clock());
  const done = { status: 'Succeeded', startedAtMs: engine.clock(), endedAtMs: engine.clock() } as const;
  await engine.mailboxes.place(instanceId, { ...leg, results: [done] }, request.type);
  await carryOut({ step: 'settleDeployment', request, error: null }, engine);
}

async function rollTo(instanceIds: readonly string[], revision: Revision, id = deploymentId): Promise<void> {
  const { targetIds = [] } = (await engine.fleetTargets.list(id)) ?? {};
  for (const instanceId of instanceIds) {
    const targetNumber = targetIds.indexOf(instanceId);
    const request = anInPlaceRequest({ deploymentId: id, instanceId, targetNumber, revision });
    await open(request);
    await succeed(request);
  }
}

describe('a host that is born while a deployment rolls over its group', () => {
  it('gets the last revision that succeeded', async () => {
    await rollTo(['i-old0'], REVISION_TWO);

    await open(BORN);

    expect(await revisionOf(BORN)).toEqual(REVISION_ONE);
  });

  it('gets the one in flight where its group has chosen so, but not before a target has succeeded with it', async () => {
    const group = aDeploymentGroup({ revision: REVISION_TWO, launchRevision: 'in-flight' });
    await engine.deploymentGroups.declare(group, DECLARED_BY);
    const early = aLaunch({ instanceId: 'i-early', lifecycleActionToken: 'ea51ea51-2a77-4b0e-8f7b-0f2a9a4f6d10' });

    await open(early);
    await rollTo(['i-old0'], REVISION_TWO);
    await open(BORN);

    expect([await revisionOf(early), await revisionOf(BORN)]).toEqual([REVISION_ONE, REVISION_TWO]);
  });

  it('does so where a tag of its group says it', async () => {
    await engine.table.resourceTags.add(deploymentGroupId, { [LAUNCH_REVISION_TAG]: 'in-flight' });
    await rollTo(['i-old0'], REVISION_TWO);

    await open(BORN);

    expect(await revisionOf(BORN)).toEqual(REVISION_TWO);
  });

  it('proves nothing of the revision in flight to the group', async () => {
    await engine.table.resourceTags.add(deploymentGroupId, { [LAUNCH_REVISION_TAG]: 'in-flight' });
    await rollTo(['i-old0'], REVISION_TWO);
    await open(BORN);

    await succeed(BORN);

    expect((await engine.deploymentGroups.byName(WEB_FLEET))?.lastSuccessfulRevision).toEqual(REVISION_ONE);
  });
});

describe('a fleet does not end mixed', () => {
  const attempt = async (begun: () => Promise<void>) => {
    await rollTo(['i-old0'], REVISION_TWO);
    await begun();
    await rollTo(['i-old1'], REVISION_TWO);
    return fleetStep({ step: 'endFleet', settlement: null, error: null });
  };

  it('when a host came into service with the revision before: another deployment follows for it', async () => {
    const outcome = await attempt(async () => {
      await open(BORN);
      await succeed(BORN);
      inService('i-born');
    });

    expect(outcome).toMatchObject({ status: 'Succeeded', nextDeploymentId: FOLLOW_ON });
    await fleetStep({ step: 'openFleet' }, FOLLOW_ON);
    expect(await engine.fleetTargets.list(FOLLOW_ON)).toMatchObject({ targetIds: ['i-born'] });
  });

  it('when one is still launching with it: what follows waits until it is in service', async () => {
    const outcome = await attempt(async () => {
      move('Pending:Wait', 'i-born');
      await open(BORN);
    });

    expect(outcome).toMatchObject({ nextDeploymentId: FOLLOW_ON });
    await expect(fleetStep({ step: 'openFleet' }, FOLLOW_ON)).rejects.toThrow('i-born are not in service yet');
    await succeed(BORN);
    await expect(fleetStep({ step: 'openFleet' }, FOLLOW_ON)).rejects.toThrow('i-born are not in service yet');
    inService('i-born');
    await fleetStep({ step: 'openFleet' }, FOLLOW_ON);

    expect(await engine.fleetTargets.list(FOLLOW_ON)).toMatchObject({ targetIds: ['i-born'] });
    expect((await engine.deploymentGroups.byName(WEB_FLEET))?.lastSuccessfulRevision).toEqual(REVISION_TWO);
  });

  it('when one stands by for another deployment group: what follows waits until that has brought it back', async () => {
    await engine.hosts.remember('i-away', { group: WEB_FLEET, revision: REVISION_ONE, at: '2026-05-04T11:00:00.000Z' });
    const away = { deploymentGroup: 'web/metrics', asked: 'EnterStandby', askedAtMs: engine.clock() } as const;
    await engine.standbyNotes.write(
      'web-blue',
      { ...NOTHING_OWED, version: 0 },
      { hosts: { 'i-away': away }, loweredTo: [] },
    );
    move('Standby', 'i-away');

    const outcome = await attempt(() => Promise.resolve());

    expect(outcome).toMatchObject({ nextDeploymentId: FOLLOW_ON });
    await expect(fleetStep({ step: 'openFleet' }, FOLLOW_ON)).rejects.toThrow('i-away are not in service yet');
    inService('i-away');
    await fleetStep({ step: 'openFleet' }, FOLLOW_ON);
    expect(await engine.fleetTargets.list(FOLLOW_ON)).toMatchObject({ targetIds: ['i-away'] });
  });

  it('and waits for nobody who runs its revision, though another deployment group is at work on it', async () => {
    const metrics = { applicationName: 'web', deploymentGroupName: 'metrics' };
    const other = anInPlaceRequest({
      ...metrics,
      deploymentId: 'd-METRICS01',
      instanceId: 'i-born',
      revision: REVISION_ONE,
    });
    await engine.deploymentGroups.declare(aDeploymentGroup(metrics), DECLARED_BY);
    await engine.hosts.remember('i-born', { group: WEB_FLEET, revision: REVISION_TWO, at: '2026-05-04T11:00:00.000Z' });
    await open(other);
    const leg = newLeg(
      { deploymentId: 'd-METRICS01', legNumber: 1, events: ['Install'], toleratedFailures: [] },
      engine.clock(),
    );
    await engine.mailboxes.place('i-born', leg, 'in-place');
    move('Pending:Wait', 'i-born');

    const outcome = await attempt(() => Promise.resolve());

    expect(outcome).toMatchObject({ status: 'Succeeded', nextDeploymentId: null });
  });

  it('when one begins to launch after the deployment has succeeded: it gets the new revision by itself', async () => {
    await attempt(() => Promise.resolve());

    await open(BORN);

    expect(await revisionOf(BORN)).toEqual(REVISION_TWO);
  });

  it('when a deployment is rolled back: what was born with its revision gets the one before', async () => {
    const { activeDeploymentId = '' } = await engine.groups.history(deploymentGroupId);
    await engine.table.resourceTags.add(deploymentGroupId, { [LAUNCH_REVISION_TAG]: 'in-flight' });
    await rollTo(['i-old0'], REVISION_TWO);
    move('Pending:Wait', 'i-born');
    await open(BORN);
    await succeed(BORN);
    const rollback = 'd-ROLLBACK0';
    await engine.deployments.end(
      deploymentId,
      { status: 'Failed', errorInformation: { code: 'HEALTH_CONSTRAINTS', message: '' } },
      { Pending: 0, InProgress: 0, Succeeded: 1, Failed: 1, Skipped: 0, Ready: 0 },
      engine.clock(),
    );
    const order = { creator: 'codeDeployRollback', deploymentId: rollback, revision: REVISION_ONE } as const;
    await engine.deployments.create(aFleetDeployment(order), activeDeploymentId);
    await fleetStep({ step: 'openFleet' }, rollback);
    await rollTo(OLD, REVISION_ONE, rollback);

    const outcome = await fleetStep({ step: 'endFleet', settlement: null, error: null }, rollback);

    const next = deploymentIdFor(`what follows ${rollback}`);
    expect(outcome).toMatchObject({ status: 'Succeeded', nextDeploymentId: next });
    inService('i-born');
    await fleetStep({ step: 'openFleet' }, next);
    expect(await engine.fleetTargets.list(next)).toMatchObject({ targetIds: ['i-born'] });
    expect(await engine.deployments.byId(next)).toMatchObject({ revision: REVISION_ONE });
  });
});

describe('the end of a deployment whose hosts stand by', () => {
  it('takes nothing from hosts that stand by for a later deployment, when it is repeated late', async () => {
    const order = aFleetDeployment({ deploymentId: 'd-STANDBY01', deploymentOption: 'WITH_TRAFFIC_CONTROL' });
    await engine.deployments.create(order, deploymentId);
    const end = () => fleetStep({ step: 'endFleet', settlement: STOPPED, error: null }, order.deploymentId);
    await end();
    await engine.deployments.create({ ...order, deploymentId: 'd-LATER0001' });
    const away = { deploymentGroup: 'web/web-fleet', asked: 'EnterStandby', askedAtMs: engine.clock() } as const;
    await engine.standbyNotes.write(
      'web-blue',
      { ...NOTHING_OWED, version: 0 },
      { hosts: { 'i-old0': away }, loweredTo: [] },
    );

    await end();

    expect(await engine.standbyNotes.of('web-blue')).toMatchObject({ hosts: { 'i-old0': away } });
  });

  it('gives back where what was to follow broke off before it had a record', async () => {
    const order = aFleetDeployment({ deploymentId: 'd-STANDBY01', deploymentOption: 'WITH_TRAFFIC_CONTROL' });
    await engine.deployments.create(order, deploymentId);
    await engine.groups.take(deploymentGroupId, 'd-UNBORN001', engine.clock(), order.deploymentId);
    const away = { deploymentGroup: 'web/web-fleet', asked: 'EnterStandby', askedAtMs: engine.clock() } as const;
    const note = { hosts: { 'i-old0': { ...away, isAway: true } }, loweredTo: [] };
    await engine.standbyNotes.write('web-blue', { ...NOTHING_OWED, version: 0 }, note);

    await fleetStep({ step: 'endFleet', settlement: STOPPED, error: null }, order.deploymentId);

    expect((await engine.standbyNotes.of('web-blue')).hosts).toEqual({});
  });

  it('gives back what an attempt before had noted, and died over', async () => {
    const order = aFleetDeployment({ deploymentId: 'd-STANDBY01', deploymentOption: 'WITH_TRAFFIC_CONTROL' });
    await engine.deployments.create(order, deploymentId);
    engine.standbyGroups.sizes = { minSize: 0, desiredCapacity: 1, maxSize: 2 };
    const change = {
      begunAtMs: engine.clock() - 61_000,
      desiredCapacity: { from: 1, to: 2 },
      restoresMinimum: false,
    };
    await engine.standbyNotes.write('web-blue', { ...NOTHING_OWED, version: 0 }, { ...NOTHING_OWED, change });

    await fleetStep({ step: 'endFleet', settlement: STOPPED, error: null }, order.deploymentId);

    expect(engine.standbyGroups.sizes.desiredCapacity).toBe(2);
    expect(await engine.standbyNotes.of('web-blue')).toMatchObject(NOTHING_OWED);
  });
});

const STOPPED = { status: 'Stopped', errorInformation: { code: 'MANUAL_STOP', message: '' } } as const;
