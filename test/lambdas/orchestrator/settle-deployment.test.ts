import { beforeEach, describe, expect, it } from 'vitest';

import { targetIdOf } from '../../../core/target-request.ts';
import { completeLifecycleAction } from '../../../lambdas/orchestrator/steps/complete-lifecycle-action.ts';
import { settleDeployment } from '../../../lambdas/orchestrator/steps/settle-deployment.ts';
import { stopTheWork } from '../../../lambdas/orchestrator/steps/stop-the-work.ts';
import {
  aTarget,
  aDeploymentGroup,
  aLaunch,
  aLeg,
  anInPlaceRequest,
  DECLARED_BY,
  REVISION_ONE,
  REVISION_TWO,
  WEB_FLEET,
} from '../doubles/builders.ts';
import { NOON, recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

const launch = aLaunch();
const { deploymentId } = aTarget();
const ID = targetIdOf(launch);
const succeeded = { status: 'Succeeded', startedAtMs: NOON, endedAtMs: NOON } as const;
const BEFORE = new Date(NOON - 3_600_000).toISOString();
const overLeg = aLeg({ events: ['Install'], results: [succeeded] });

let engine: RecordedEngine;
beforeEach(async () => {
  engine = recordedEngine();
  await engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
  await engine.targets.open(aTarget());
});

const settle = () => settleDeployment(launch, undefined, engine);

describe('settling a deployment', () => {
  it('no longer trusts the disk of a host that went to the warm pool in the middle of it', async () => {
    const request = anInPlaceRequest();
    const id = targetIdOf(request);
    await engine.hosts.remember(id.instanceId, { group: WEB_FLEET, revision: REVISION_ONE, at: BEFORE });
    await engine.targets.open(aTarget({ ...id, request, revision: REVISION_TWO }));
    await engine.mailboxes.place(id.instanceId, { ...overLeg, deploymentId: id.deploymentId }, 'in-place');
    await stopTheWork(id, { kind: 'Superseded', reason: 'The instance went back to the warm pool' }, engine);

    await settleDeployment(request, undefined, engine);

    const host = await engine.hosts.byId(id.instanceId);
    expect(host?.installed(WEB_FLEET)).toEqual(REVISION_ONE);
    expect(host?.lastOutcome(WEB_FLEET)).toBe('Failed');
  });

  it('writes its events and remembers what host and group run now', async () => {
    await engine.mailboxes.place(launch.instanceId, overLeg, 'launch');

    const outcome = await settle();

    expect(outcome).toMatchObject({ deploymentId, status: 'Succeeded', lifecycleActionResult: 'CONTINUE' });
    expect(outcome.lifecycleEvents).toMatchObject([{ lifecycleEventName: 'Install', status: 'Succeeded' }]);
    const host = await engine.hosts.byId(launch.instanceId);
    expect(host?.installed(WEB_FLEET)).toEqual(REVISION_ONE);
    expect(host?.leg).toBeUndefined();
    expect((await engine.deploymentGroups.byName(WEB_FLEET))?.lastSuccessfulRevision).toEqual(REVISION_ONE);
  });

  it('gives the same outcome again, and counts it once', async () => {
    await engine.mailboxes.place(launch.instanceId, overLeg, 'launch');

    const first = await settle();
    const second = await settle();

    expect(second).toEqual(first);
    expect(engine.telemetry.counts).toEqual(['DeploymentsSucceeded']);
  });

  it('remembers nothing of a deployment that is settled again after a later one', async () => {
    await engine.mailboxes.place(launch.instanceId, overLeg, 'launch');
    await settle();
    const later = { group: WEB_FLEET, revision: REVISION_TWO, at: new Date(NOON + 60_000).toISOString() };
    await engine.hosts.remember(launch.instanceId, later);

    await settle();

    expect((await engine.hosts.byId(launch.instanceId))?.installed(WEB_FLEET)).toEqual(REVISION_TWO);
  });

  it('remembers nothing of a failure', async () => {
    const failedLeg = aLeg({ events: ['Install'], results: [{ ...succeeded, status: 'Failed' }] });
    await engine.mailboxes.place(launch.instanceId, failedLeg, 'launch');

    expect((await settle()).status).toBe('Failed');
    expect((await engine.hosts.byId(launch.instanceId))?.hasInstallation).toBe(false);
  });

  it('leaves the leg of another deployment where it is', async () => {
    await engine.mailboxes.place(launch.instanceId, aLeg({ deploymentId: 'd-FAREWELL0' }), 'termination');

    await settleDeployment(launch, { Error: 'Broken' }, engine);

    expect((await engine.hosts.byId(launch.instanceId))?.leg?.deploymentId).toBe('d-FAREWELL0');
  });

  it('says why the work was stopped, how far it was, and completes nothing that is gone', async () => {
    await engine.mailboxes.place(launch.instanceId, aLeg(), 'launch');
    await stopTheWork(ID, { kind: 'LifecycleActionGone', reason: 'it timed out' }, engine);

    const outcome = await completeLifecycleAction(launch, await settle(), engine);

    expect(outcome).toMatchObject({ status: 'Stopped', lifecycleActionResult: null, reason: 'it timed out' });
    expect(outcome.lifecycleEvents).toHaveLength(aLeg().events.length);
    expect(engine.lifecycleActions.completed.size).toBe(0);
  });
});

describe('stopping the work', () => {
  it('leaves a deployment alone that has settled', async () => {
    await settleDeployment(launch, { Error: 'Broken' }, engine);

    const stop = { kind: 'LifecycleActionGone', reason: 'it timed out' } as const;

    expect(await stopTheWork(ID, stop, engine)).toBe('nothing');
    expect((await engine.targets.byId(ID))?.stop).toBeUndefined();
  });
});

describe('completing the lifecycle action', () => {
  it('releases the heartbeat lane', async () => {
    await engine.table.leaveHeartbeatToken(ID, 'heartbeat');

    await completeLifecycleAction(launch, await settle(), engine);

    expect(engine.taskTokens.answers.get('heartbeat')).toEqual({});
  });

  it('takes an action that is gone for completed, and says so', async () => {
    engine.lifecycleActions.gone.add(launch.lifecycleActionToken);

    const { reason } = await completeLifecycleAction(launch, await settle(), engine);

    expect(reason).toContain('Auto Scaling had already ended the lifecycle action');
    expect(engine.telemetry.counts).toContain('LifecycleActionsGone');
  });

  it('never logs the token', async () => {
    await completeLifecycleAction(launch, await settle(), engine);

    expect(JSON.stringify(engine.telemetry.lines)).not.toContain(launch.lifecycleActionToken);
  });
});
