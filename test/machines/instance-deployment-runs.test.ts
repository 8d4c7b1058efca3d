import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { planFor } from '../../core/plan.ts';
import type { TargetOutcome } from '../../core/target.ts';
import {
  aDeploymentGroup,
  aLaunch,
  anInstallation,
  anInPlaceRequest,
  aTermination,
  DECLARED_BY,
  REVISION_ONE,
  REVISION_TWO,
  WEB_FLEET,
} from '../lambdas/doubles/builders.ts';
import { BASE } from '../lambdas/doubles/several-groups.ts';
import { aPatientGroup } from './a-patient-group.ts';
import { type EngineGround, startEngineGround } from './engine-ground.ts';

const noticedAt = new Date().toISOString(); // the clock here is no double: an older action would be at its deadline
const launch = aLaunch({ noticedAt });
const termination = aTermination({ noticedAt });

let ground: EngineGround;
const openGround = (speed: number) => async () => {
  ground = await startEngineGround({ speed });
  await ground.engine.deploymentGroups.declare(aPatientGroup(), DECLARED_BY);
};
afterEach(() => ground.close());

const resultOf = (action: { lifecycleActionToken: string }) =>
  ground.lifecycleActions.completed.get(action.lifecycleActionToken);

const entered = (events: readonly HistoryEvent[]): (string | undefined)[] =>
  events.filter(({ type }) => type?.endsWith('StateEntered')).map((event) => event.stateEnteredEventDetails?.name);

/** States beside the lane that watches, of which there are more on a machine that is busy. */
const withoutWatch = (events: readonly HistoryEvent[]) =>
  entered(events).filter((name) => !/^(WaitUntilReleased|SendHeartbeat|StopTheWork|EndHeartbeats)$/.test(name ?? ''));

const beats = async (count: number): Promise<void> => {
  while (ground.lifecycleActions.heartbeats < count) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the course of an instance deployment', () => {
  beforeEach(openGround(20)); // five minutes take 15 s: time enough to work without a heartbeat, even on a busy machine

  it('lets a launch continue once every lifecycle event has succeeded', async () => {
    const execution = await ground.start(launch);
    await ground.work();

    const { status, value, events } = await ground.states.finished(execution);

    expect(status).toBe('SUCCEEDED');
    expect(value).toMatchObject({
      type: 'launch',
      instanceId: launch.instanceId,
      ...WEB_FLEET,
      status: 'Succeeded',
      lifecycleActionResult: 'CONTINUE',
    });
    expect((value as { lifecycleEvents: unknown[] }).lifecycleEvents).toHaveLength(9);
    expect(resultOf(launch)).toBe('CONTINUE');
    expect(withoutWatch(events)).toHaveLength(7); // and one for a watch that never has to beat
  });
});

describe('the watch over an instance deployment', () => {
  beforeEach(openGround(1000));

  it('beats while the host works, two transitions each, and completes without waiting for the next beat', async () => {
    const execution = await ground.start(launch);
    await beats(2);
    await ground.work();

    const { events } = await ground.states.finished(execution);

    const states = entered(events);
    expect(states).toHaveLength(8 + 2 * ground.lifecycleActions.heartbeats);
    expect(resultOf(launch)).toBe('CONTINUE');
  });
});

describe('the upkeep of an instance deployment', () => {
  beforeEach(openGround(20));

  it('takes 4 invocations besides the admission, and at most 20 table writes with a report for each event', async () => {
    let invocations = 0;
    const callsBefore = ground.tableCalls.length;
    ground.states.test.ground.journal.follow((entry) => {
      if (entry.kind === 'call' && entry.service === 'lambda') invocations += 1;
    });
    const execution = await ground.start(launch);
    await ground.work();
    await ground.states.finished(execution);

    expect(invocations).toBe(4);
    const writes = ground.tableCalls.slice(callsBefore).filter((call) => /^(Put|Update|Delete)Command$/.test(call));
    expect(writes.length).toBeGreaterThan(9);
    expect(writes.length).toBeLessThanOrEqual(20);
  });
});

describe('an instance deployment', () => {
  beforeEach(openGround(500));

  it('abandons a launch at the first failure, with its reason', async () => {
    const execution = await ground.start(launch);
    await ground.work((event) => (event === 'ApplicationStart' ? 'Failed' : 'Succeeded'));

    const { value } = await ground.states.finished(execution);

    expect(value).toMatchObject({
      status: 'Failed',
      lifecycleActionResult: 'ABANDON',
      reason: 'ApplicationStart failed',
    });
    expect(resultOf(launch)).toBe('ABANDON');
  });

  it('stops the work when Auto Scaling no longer knows the action', async () => {
    ground.lifecycleActions.gone.add(launch.lifecycleActionToken);

    const { value } = await ground.states.finished(await ground.start(launch));

    expect(value).toMatchObject({ status: 'Stopped', lifecycleActionResult: null });
    expect((value as { reason: string }).reason).toContain('Auto Scaling has ended the lifecycle action');
    expect(resultOf(launch)).toBeUndefined();
  });

  it('gives up a host that never asks for its first command', async () => {
    await ground.engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);

    const { value } = await ground.states.finished(await ground.start(launch));

    expect(value).toMatchObject({ status: 'Failed', lifecycleActionResult: 'ABANDON' });
    expect((value as { reason: string }).reason).toContain('has not asked for ApplicationStop within 5 minutes');
  });

  it('continues a termination whose stop script fails', async () => {
    await ground.engine.hosts.remember(termination.instanceId, anInstallation(REVISION_ONE));
    const execution = await ground.start(termination);
    await ground.work(() => 'Failed');

    const { value } = await ground.states.finished(execution);

    expect(value).toMatchObject({ type: 'termination', status: 'Failed', lifecycleActionResult: 'CONTINUE' });
    expect(resultOf(termination)).toBe('CONTINUE');
  });

  it('completes at once what there is nothing to deploy for', async () => {
    const { value, events } = await ground.states.finished(await ground.start(termination));

    expect(value).toMatchObject({ status: 'Skipped', lifecycleActionResult: 'CONTINUE', lifecycleEvents: [] });
    expect(entered(events)).toEqual(['OpenDeployment', 'ChooseWhetherToDeploy', 'CompleteActionDirectly']);
  });

  it('ends a launch whose instance is terminated meanwhile', async () => {
    const launching = await ground.start(launch);
    while (!(await ground.engine.hosts.byId(launch.instanceId))?.leg)
      await new Promise((resolve) => setTimeout(resolve, 5));

    const terminated = await ground.states.finished(await ground.start(termination));
    const launched = await ground.states.finished(launching);

    expect(terminated.value).toMatchObject({ status: 'Skipped', lifecycleActionResult: 'CONTINUE' });
    expect(launched.value).toMatchObject({ status: 'Stopped', lifecycleActionResult: 'ABANDON' });
    expect((await ground.engine.hosts.byId(launch.instanceId))?.leg).toBeUndefined();
  });

  it.each(['openDeployment', 'runEvents'] as const)('abandons a launch when %s keeps failing', async (step) => {
    ground.broken.add(step);

    const { value } = await ground.states.finished(await ground.start(launch));

    expect(value).toMatchObject({ status: 'Failed', lifecycleActionResult: 'ABANDON' });
    expect((value as { reason: string }).reason).toContain(`${step} is broken`);
    expect(resultOf(launch)).toBe('ABANDON');
  });

  it('completes the action even if no outcome can be recorded', async () => {
    ground.broken.add('settleDeployment');
    const execution = await ground.start(launch);
    await ground.work();

    const { status, value } = await ground.states.finished(execution);

    expect(status).toBe('SUCCEEDED');
    expect(value).toMatchObject({ status: 'Failed', lifecycleActionResult: 'ABANDON' });
    expect(resultOf(launch)).toBe('ABANDON');
  });

  it('dies when the action cannot be completed, so that the dead-execution function takes over', async () => {
    ground.broken.add('completeLifecycleAction');
    const execution = await ground.start(launch);
    await ground.work();

    const { status } = await ground.states.finished(execution);

    expect(status).toBe('FAILED');
    expect(resultOf(launch)).toBeUndefined();
  });
});

describe('an instance deployment of several groups', () => {
  beforeEach(openGround(1000));
  const deploymentGroups = [BASE, WEB_FLEET];
  const several = { ...launch, deploymentGroups };

  beforeEach(() => ground.engine.deploymentGroups.declare(aPatientGroup(BASE), DECLARED_BY));

  it('runs their deployments one after the other, and continues once', async () => {
    const execution = await ground.start(several);
    await ground.work();
    await ground.work();

    const { value, events } = await ground.states.finished(execution);

    expect(value).toMatchObject({
      ...WEB_FLEET,
      status: 'Succeeded',
      lifecycleActionResult: 'CONTINUE',
      deployments: [{ ...BASE, status: 'Succeeded' }, WEB_FLEET],
    });
    expect(resultOf(several)).toBe('CONTINUE');
    expect(withoutWatch(events)).toEqual([
      ...['OpenDeployment', 'ChooseWhetherToDeploy', 'DeployAndHeartbeat'],
      ...['RunEvents', 'ChooseNextStep', 'GoOnToNextDeployment', 'ChooseWhetherToGoOn'],
      ...['RunEvents', 'ChooseNextStep', 'SettleDeployment', 'CompleteLifecycleAction'],
    ]);
  });

  it('abandons a launch at the first failure, and never asks the host for the others', async () => {
    const execution = await ground.start(several);
    await ground.work(() => 'Failed');

    const { value } = await ground.states.finished(execution);

    expect(value).toMatchObject({
      ...BASE,
      lifecycleActionResult: 'ABANDON',
      deployments: [{}, { status: 'Skipped' }],
    });
    expect(resultOf(several)).toBe('ABANDON');
  });

  it('beats on through all of them', async () => {
    const execution = await ground.start(several);
    await ground.work();
    await beats(ground.lifecycleActions.heartbeats + 2);
    await ground.work();

    const { value } = await ground.states.finished(execution);

    expect(value).toMatchObject({ status: 'Succeeded', lifecycleActionResult: 'CONTINUE' });
  });

  it('completes at once when the others have nothing to do', async () => {
    await ground.engine.hosts.remember(termination.instanceId, { ...anInstallation(REVISION_ONE), group: WEB_FLEET });
    const execution = await ground.start({ ...termination, deploymentGroups });
    await ground.work();

    const { value, events } = await ground.states.finished(execution);

    expect(value).toMatchObject({ ...WEB_FLEET, status: 'Succeeded', deployments: [WEB_FLEET, { status: 'Skipped' }] });
    expect(entered(events)).not.toContain('SettleDeployment');
    expect(resultOf(termination)).toBe('CONTINUE');
  });

  it('abandons a launch when the next cannot be opened', async () => {
    ground.broken.add('goOnToNext');
    const execution = await ground.start(several);
    await ground.work();

    const { value } = await ground.states.finished(execution);

    expect(value).toMatchObject({
      ...WEB_FLEET,
      status: 'Failed',
      deployments: [{ status: 'Succeeded' }, { status: 'Failed' }],
    });
    expect((value as { reason: string }).reason).toContain('goOnToNext is broken');
    expect(resultOf(several)).toBe('ABANDON');
  });
});

describe('an instance deployment in place', () => {
  beforeEach(openGround(1000));
  const inPlace = anInPlaceRequest();
  const host = () => ground.engine.hosts.byId(inPlace.instanceId);

  it('runs the lifecycle events of a revision, completes nothing, and is watched by no heartbeat', async () => {
    const execution = await ground.start(inPlace);
    await ground.work();

    const { status, value, events } = await ground.states.finished(execution);

    expect(status).toBe('SUCCEEDED');
    expect(value).toMatchObject({ type: 'in-place', status: 'Succeeded', lifecycleActionResult: null, ...WEB_FLEET });
    expect((value as TargetOutcome).lifecycleEvents.map(({ lifecycleEventName }) => lifecycleEventName)).toEqual(
      planFor('in-place').flatMap((step) => step.events),
    );
    expect(ground.lifecycleActions.completed.size + ground.lifecycleActions.heartbeats).toBe(0);
    expect(entered(events)).toContain('SettleInPlaceDeployment');
    expect((await host())?.installed(WEB_FLEET)).toEqual(REVISION_TWO);
  });

  it('fails with its reason, and leaves nothing in the mailbox', async () => {
    const execution = await ground.start(inPlace);
    await ground.work((event) => (event === 'ApplicationStart' ? 'Failed' : 'Succeeded'));

    const { value } = await ground.states.finished(execution);

    expect(value).toMatchObject({ status: 'Failed', reason: 'ApplicationStart failed', lifecycleActionResult: null });
    expect((await host())?.leg).toBeUndefined();
  });

  it('gives up a host that never asks, and so one that does not exist', async () => {
    await ground.engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);

    const { value } = await ground.states.finished(await ground.start(inPlace));

    expect(value).toMatchObject({ status: 'Failed', reason: expect.stringContaining('has not asked for') });
  });

  it('waits for a launch that is under way, then runs', async () => {
    const launching = await ground.start(launch);
    while (!(await host())?.leg) await new Promise((resolve) => setTimeout(resolve, 5));
    const waiting = await ground.start(inPlace);
    await ground.work();
    await ground.states.finished(launching);
    await ground.work();

    const { value } = await ground.states.finished(waiting);

    expect(value).toMatchObject({ status: 'Succeeded' });
    expect((await host())?.installed(WEB_FLEET)).toEqual(REVISION_TWO);
  });

  it('gives way to the termination of its host', async () => {
    const execution = await ground.start(inPlace);
    while (!(await host())?.leg) await new Promise((resolve) => setTimeout(resolve, 5));

    const terminated = await ground.states.finished(await ground.start(termination));
    const { value } = await ground.states.finished(execution);

    expect(terminated.value).toMatchObject({ lifecycleActionResult: 'CONTINUE' });
    expect(value).toMatchObject({ status: 'Stopped', reason: expect.stringContaining('takes its place') });
  });

  it('leaves an instance alone that is being terminated', async () => {
    await ground.states.finished(await ground.start(termination));

    const { value, events } = await ground.states.finished(await ground.start(inPlace));

    expect(value).toMatchObject({ status: 'Skipped', lifecycleActionResult: null });
    expect(entered(events)).toEqual(['OpenDeployment', 'ChooseWhetherToDeploy', 'EndInPlace']);
  });

  it('dies when no verdict can be recorded, so that the dead-execution function takes over', async () => {
    ground.broken.add('openDeployment');
    ground.broken.add('settleDeployment');

    const { status, error } = await ground.states.finished(await ground.start(inPlace));

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'OutcomeNotRecorded' });
  });
});

describe('an instance deployment in place behind a load balancer', () => {
  beforeEach(async () => {
    await openGround(1000)();
    ground.targetGroups.states.set(8080, 'healthy');
  });
  const inPlace = anInPlaceRequest({
    trafficSettings: {
      deploymentOption: 'WITH_TRAFFIC_CONTROL',
      loadBalancerInfo: { targetGroupInfoList: [{ name: 'web-targets' }] },
    },
  });
  /** Lets the load balancer answer once the engine has asked it. */
  const answer = async (state: 'draining' | 'initial') => {
    while (ground.targetGroups.states.get(8080) !== state) await new Promise((resolve) => setTimeout(resolve, 5));
    ground.targetGroups.answer();
  };

  it('takes the host out of its traffic before it touches it, and gives it back, in 12 transitions besides the watch and looks', async () => {
    const execution = await ground.start(inPlace);
    await ground.work();
    await answer('draining');
    await ground.work();
    await answer('initial');
    await ground.work();

    const { value, events } = await ground.states.finished(execution);

    const outcome = value as TargetOutcome;
    expect(outcome.status).toBe('Succeeded');
    expect(outcome.lifecycleEvents).toHaveLength(13);
    expect(outcome.lifecycleEvents.every(({ status }) => status === 'Succeeded')).toBe(true);
    expect(ground.targetGroups.calls).toEqual(['deregister 8080', 'register 8080']);
    const watch = ['WaitUntilSettled', 'LookAtHost', 'EndWatch'];
    expect(entered(events).filter((name) => !watch.includes(name ?? ''))).toHaveLength(12);
  });

  it('leaves the host out of its traffic when the new revision fails, and says so', async () => {
    const execution = await ground.start(inPlace);
    await ground.work();
    await answer('draining');
    await ground.work((event) => (event === 'ValidateService' ? 'Failed' : 'Succeeded'));

    const { value } = await ground.states.finished(execution);

    expect(value).toMatchObject({
      status: 'Failed',
      reason: 'ValidateService failed. The host stays out of web-targets:8080 until a deployment to it succeeds',
    });
    expect((value as TargetOutcome).lifecycleEvents.slice(-3).map(({ status }) => status)).toEqual([
      'Skipped',
      'Skipped',
      'Skipped',
    ]);
    expect(ground.targetGroups.states.size).toBe(0);
  });

  it('deploys nothing where the load balancer refuses to say what it has', async () => {
    ground.targetGroups.known.clear();
    const execution = await ground.start(inPlace);
    await ground.work();

    const { value } = await ground.states.finished(execution);

    expect(value).toMatchObject({
      status: 'Failed',
      reason: expect.stringMatching(/^BlockTraffic failed: There is no/),
    });
  });
});
