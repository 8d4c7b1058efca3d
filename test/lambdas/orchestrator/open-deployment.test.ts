import { beforeEach, describe, expect, it } from 'vitest';

import { stoppedByRequest } from '../../../core/fleet/ending.ts';
import { deploymentIdFor } from '../../../core/identifiers.ts';
import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import { targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import { type DeploymentAtWork, openDeployment } from '../../../lambdas/orchestrator/steps/open-deployment.ts';
import { runEvents } from '../../../lambdas/orchestrator/steps/run-events.ts';
import {
  aDeploymentGroup,
  aLaunch,
  anUndeclaredGroup,
  anInstallation,
  anInPlaceRequest,
  aTermination,
  DECLARED_BY,
  REVISION_ONE,
  REVISION_TWO,
  WEB_FLEET,
} from '../doubles/builders.ts';
import { recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

const launch = aLaunch();
const termination = aTermination();
const launchId = deploymentIdFor(launch.lifecycleActionToken);
const terminationId = deploymentIdFor(termination.lifecycleActionToken);

let engine: RecordedEngine;
beforeEach(async () => {
  engine = recordedEngine();
  await engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
});

const open = (action: LifecycleAction) => openDeployment(action, engine);
/** What is opened, where there is something to deploy. */
const work = async (request: TargetRequest): Promise<DeploymentAtWork> => {
  const opened = await openDeployment(request, engine);
  if (opened.decision === 'Finish') throw new Error(opened.outcome.reason);
  return opened;
};
const record = (action: LifecycleAction) => engine.targets.byId(targetIdOf(action));
const placeLeg = (action: LifecycleAction, taskToken = 'leg') =>
  runEvents({ request: action, legNumber: 1, events: ['ApplicationStop'], taskToken, attempt: 0 }, engine);

it('never takes the record of another action for its own, however alike their ids', async () => {
  await open(launch);
  const around = await engine.surroundings.of(launch);
  engine.surroundings.of = () => Promise.resolve(around);

  await expect(open(termination)).rejects.toThrow(
    `The deployment id ${launchId} of the termination of ${launch.instanceId} is already that of its launch`,
  );
});

describe('a launch', () => {
  it('is opened with the group’s revision, a plan and the time of its first heartbeat', async () => {
    const opened = await open({ ...launch, heartbeatTimeoutSeconds: 900 });

    expect(opened).toMatchObject({
      decision: 'Deploy',
      deploymentId: launchId,
      plan: [{ kind: 'RunEvents', events: expect.arrayContaining(['Install', 'ApplicationStart']) }],
      tableKey: { pk: { S: `DEPLOYMENT#${launchId}` }, sk: { S: `TARGET#${launch.instanceId}` } },
      outcome: null,
    });
    expect(await record(launch)).toMatchObject({
      status: 'InProgress',
      revision: REVISION_ONE,
      deadline: '2026-05-05T12:59:58.000Z',
    });
    expect(engine.telemetry.counts).toEqual(['DeploymentsStarted']);
  });

  it('beats soon when its notification waited in the queue', async () => {
    engine.advance(11 * 60);

    expect((await work(launch)).firstHeartbeatInSeconds).toBeLessThanOrEqual(60);
  });

  it('decides nothing anew when it is opened again', async () => {
    const first = await open(launch);
    await engine.deploymentGroups.declare(aDeploymentGroup({ revision: REVISION_TWO }), DECLARED_BY);

    expect(await open(launch)).toEqual(first);
    expect((await record(launch))?.revision).toEqual(REVISION_ONE);
    expect(engine.telemetry.counts).toEqual(['DeploymentsStarted']);
  });

  it('is abandoned at once when nobody registered the group', async () => {
    const unknown = { ...launch, deploymentGroups: [{ ...WEB_FLEET, deploymentGroupName: 'unknown' }] };

    expect((await open(unknown)).outcome).toMatchObject({
      status: 'Failed',
      lifecycleActionResult: 'ABANDON',
      reason: expect.stringContaining('web/unknown is not registered'),
    });
  });

  it('passes when the group declares no revision and never had one', async () => {
    await engine.deploymentGroups.declare(anUndeclaredGroup(), DECLARED_BY);

    const { decision, outcome } = await open(launch);

    expect(decision).toBe('Finish');
    expect(outcome).toMatchObject({ status: 'Skipped', lifecycleActionResult: 'CONTINUE', lifecycleEvents: [] });
  });

  it('is skipped when its notification comes after that of the termination', async () => {
    await open(termination);

    expect((await open(launch)).outcome).toMatchObject({
      status: 'Skipped',
      lifecycleActionResult: 'ABANDON',
      reason: expect.stringContaining(terminationId),
    });
  });

  it('deploys to an instance that comes back from the warm pool', async () => {
    await open({ ...termination, destination: 'WarmPool' });

    expect((await open({ ...launch, origin: 'WarmPool' })).decision).toBe('Deploy');
  });

  it('deploys to an instance that comes back with another root volume', async () => {
    await open({ ...termination, replacesRootVolume: true });

    expect((await open({ ...launch, replacesRootVolume: true })).decision).toBe('Deploy');
  });
});

describe('an instance of a warm pool', () => {
  const entry: LifecycleAction = { ...launch, origin: 'EC2', destination: 'WarmPool' };
  const promotion = aLaunch({
    lifecycleActionToken: '0ff1ce00-2a77-4b0e-8f7b-0f2a9a4f6d10',
    origin: 'WarmPool',
    destination: 'AutoScalingGroup',
    noticedAt: '2026-05-04T13:00:00.000Z',
  });
  const comesBack: LifecycleAction = { ...termination, origin: 'AutoScalingGroup', destination: 'WarmPool' };
  const prepare = () => engine.hosts.remember(launch.instanceId, anInstallation(REVISION_ONE));
  const eventsOf = async (action: LifecycleAction) => (await work(action)).plan.flatMap(({ events }) => [...events]);

  it('is deployed to as it enters, as any launch', async () => {
    expect(await eventsOf(entry)).toEqual(await eventsOf(launch));
    expect((await engine.hosts.byId(launch.instanceId))?.isInWarmPool).toBe(true);
  });

  it('is only started when it enters service with the revision that it was prepared with', async () => {
    await open(entry);
    await prepare();

    expect(await eventsOf(promotion)).toEqual([
      'ApplicationStart',
      'ValidateService',
      'BeforeAllowTraffic',
      'AfterAllowTraffic',
    ]);
    expect((await engine.hosts.byId(launch.instanceId))?.isInWarmPool).toBe(false);
  });

  it('is started for one deployment group, and deployed to for another that it was not prepared for', async () => {
    const monitor = { ...WEB_FLEET, deploymentGroupName: 'monitor' };
    await engine.deploymentGroups.declare(aDeploymentGroup(monitor), DECLARED_BY);
    await prepare();

    const [forWeb, forMonitor] = [
      await eventsOf({ ...promotion, turn: 1, deploymentGroups: [WEB_FLEET] }),
      await eventsOf({ ...promotion, turn: 2, deploymentGroups: [monitor] }),
    ];

    expect(forWeb).not.toContain('Install');
    expect(forMonitor).toContain('Install');
  });

  it('gets a revision that came meanwhile, in full', async () => {
    await prepare();
    await engine.deploymentGroups.declare(aDeploymentGroup({ revision: REVISION_TWO }), DECLARED_BY);

    expect(await eventsOf(promotion)).toContain('Install');
  });

  it.each([
    {
      why: 'its last deployment failed',
      meanwhile: () =>
        engine.hosts.noteFailure(launch.instanceId, { group: WEB_FLEET, at: '2026-05-04T14:00:00.000Z' }),
    },
    { why: 'it has AWS’s agent', meanwhile: () => engine.hosts.noteSecret(launch.instanceId) },
  ])('is deployed to in full where $why', async ({ meanwhile }) => {
    await prepare();
    await meanwhile();

    expect(await eventsOf(promotion)).toContain('Install');
  });

  it('has its application stopped when it goes back, and is no target of deployments in place from then on', async () => {
    await prepare();

    const stopped = await eventsOf(comesBack);
    const { outcome } = await openDeployment(anInPlaceRequest(), engine);

    expect(stopped).toContain('ApplicationStop');
    expect((await engine.hosts.byId(launch.instanceId))?.leaving).toBeUndefined();
    expect(outcome).toMatchObject({ status: 'Skipped', reason: expect.stringContaining('went back to the warm pool') });
  });

  it('holds back the work in place that was on its way to it', async () => {
    const request = anInPlaceRequest();
    await work(request);
    await prepare();
    await open(comesBack);

    await runEvents({ request, legNumber: 1, events: ['ApplicationStop'], taskToken: 'late', attempt: 0 }, engine);

    expect(await engine.targets.byId(targetIdOf(request))).toMatchObject({ stop: { kind: 'Superseded' } });
    expect(engine.taskTokens.answers.get('late')).toEqual({ status: 'Stopped' });
  });

  it('may go at once when the pool gives it up, switched off as it may be', async () => {
    await prepare();

    const { outcome } = await open({ ...termination, origin: 'WarmPool', destination: 'EC2' });

    expect(outcome).toMatchObject({ status: 'Skipped', lifecycleActionResult: 'CONTINUE' });
    expect((await engine.hosts.byId(launch.instanceId))?.leaving).toBe(terminationId);
  });
});

describe('an execution that is run again long after its end', () => {
  it('leaves the work alone that the host has by then', async () => {
    await open(launch);
    await engine.targets.settle(
      targetIdOf(launch),
      { status: 'Failed', lifecycleActionResult: 'ABANDON', reason: '' },
      [],
    );
    const promotion = aLaunch({ lifecycleActionToken: '0ff1ce00-2a77-4b0e-8f7b-0f2a9a4f6d10', origin: 'WarmPool' });
    await open(promotion);
    await placeLeg(promotion);

    expect((await open(launch)).outcome).toMatchObject({ status: 'Failed', lifecycleActionResult: 'ABANDON' });
    expect((await record(promotion))?.stop).toBeUndefined();
    expect((await engine.hosts.byId(launch.instanceId))?.leg).toBeDefined();
  });
});

describe('a deployment in place', () => {
  const inPlace = anInPlaceRequest();

  it('takes the revision it is asked for, and the options its group declares', async () => {
    await engine.deploymentGroups.declare(aDeploymentGroup({ fileExistsBehavior: 'RETAIN' }), DECLARED_BY);

    const { plan } = await work({ ...inPlace, ignoreApplicationStopFailures: true });

    expect(plan).toHaveLength(1);
    expect(await engine.targets.byId(targetIdOf(inPlace))).toMatchObject({
      revision: REVISION_TWO,
      fileExistsBehavior: 'RETAIN',
      ignoreApplicationStopFailures: true,
    });
  });

  it('leaves the work of others alone', async () => {
    await open(launch);
    await placeLeg(launch);

    await openDeployment(inPlace, engine);

    expect((await record(launch))?.stop).toBeUndefined();
    expect((await engine.hosts.byId(launch.instanceId))?.leg?.deploymentId).toBe(launchId);
  });

  it('has nothing to do on an instance that is leaving, which is no failure', async () => {
    await open(termination);

    expect((await openDeployment(inPlace, engine)).outcome).toMatchObject({
      status: 'Skipped',
      lifecycleActionResult: null,
      reason: expect.stringContaining(terminationId),
    });
  });
});

describe('a termination', () => {
  it('runs the scripts of what is installed', async () => {
    await engine.hosts.remember(termination.instanceId, anInstallation(REVISION_TWO));

    const { plan } = await work(termination);

    expect(plan[0]?.events).toEqual(['BeforeBlockTraffic', 'AfterBlockTraffic', 'ApplicationStop']);
    expect((await record(termination))?.revision).toEqual(REVISION_TWO);
  });

  it('has nothing to stop on a host that nothing was ever deployed to', async () => {
    expect((await open(termination)).outcome).toMatchObject({
      status: 'Skipped',
      lifecycleActionResult: 'CONTINUE',
      reason: expect.stringContaining('there is nothing to stop'),
    });
  });

  it('takes the place of a launch that is under way', async () => {
    await open(launch);
    await placeLeg(launch);

    await open(termination);

    expect((await record(launch))?.stop).toMatchObject({
      kind: 'Superseded',
      reason: expect.stringContaining(terminationId),
    });
    expect(engine.taskTokens.answers.get('leg')).toEqual({ status: 'Stopped' });
    expect((await engine.hosts.byId(launch.instanceId))?.leg).toBeUndefined();
  });

  it('keeps its own leg when it is opened again', async () => {
    await engine.hosts.remember(termination.instanceId, anInstallation(REVISION_ONE));
    await open(termination);
    await placeLeg(termination);

    await open(termination);

    expect((await engine.hosts.byId(termination.instanceId))?.leg?.deploymentId).toBe(terminationId);
    expect(engine.taskTokens.answers.size).toBe(0);
  });

  it('keeps its leg when the launch’s notification comes late', async () => {
    await engine.hosts.remember(termination.instanceId, anInstallation(REVISION_ONE));
    await open(termination);
    await placeLeg(termination);

    await open(launch);

    expect((await engine.hosts.byId(termination.instanceId))?.leg?.deploymentId).toBe(terminationId);
  });
});

describe('a target of a fleet', () => {
  const target = anInPlaceRequest({ deploymentId: 'd-FLEET0001', targetNumber: 0 });
  const aFleet = (mayBeDown: number) =>
    engine.fleets.open('d-FLEET0001', [{ size: 2, mayBeDown: 2, monitorSeconds: 0 }], mayBeDown);
  /** The fleet ends between the place of its target and the record. */
  const endMeanwhile = (end: () => Promise<unknown>) => {
    const { targets } = engine;
    const write = targets.open.bind(targets);
    targets.open = async (record) => {
      await end();
      return write(record);
    };
  };

  it.each([1, 2])('is left alone where its fleet was closed meanwhile, %i of 2 at once', async (mayBeDown) => {
    await aFleet(mayBeDown);
    endMeanwhile(() => engine.fleets.close('d-FLEET0001'));

    const opened = await openDeployment(target, engine);

    expect(opened).toMatchObject({ decision: 'Finish', outcome: { status: 'Skipped' } });
    expect(await engine.targets.byId(targetIdOf(target))).toMatchObject({ status: 'Skipped' });
  });

  it('is left alone where its fleet was cut short meanwhile, and gives its place back', async () => {
    await aFleet(1);
    endMeanwhile(() => engine.fleets.end('d-FLEET0001', stoppedByRequest()));

    await openDeployment(target, engine);

    expect((await engine.targets.byId(targetIdOf(target)))?.settlement).toBeDefined();
    expect((await engine.fleets.places('d-FLEET0001'))?.inProgress.size).toBe(0);
  });

  it('goes on where too many others have failed meanwhile: it has its place', async () => {
    await aFleet(1);
    endMeanwhile(() => engine.fleets.end('d-FLEET0001', { kind: 'TooManyFailed' }));

    expect(await openDeployment(target, engine)).toMatchObject({ decision: 'Deploy' });
  });
});
