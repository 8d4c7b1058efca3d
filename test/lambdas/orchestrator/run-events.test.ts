import { beforeEach, describe, expect, it } from 'vitest';

import { handOut, handedOutCommand } from '../../../core/mailbox/hand-out.ts';
import { complete } from '../../../core/mailbox/complete.ts';
import type { Leg } from '../../../core/mailbox/leg.ts';
import { targetIdOf } from '../../../core/target-request.ts';
import { HostIsBusy, runEvents } from '../../../lambdas/orchestrator/steps/run-events.ts';
import { aTarget, aLaunch, aLeg } from '../doubles/builders.ts';
import { HOST_ARN } from '../doubles/agent-call.ts';
import { crashAfter } from '../doubles/crash.ts';
import { NOON, recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

const launch = aLaunch();
const { deploymentId } = aTarget();
const ID = targetIdOf(launch);
const first = {
  request: launch,
  legNumber: 1,
  events: ['ApplicationStop'],
  taskToken: 'token-0',
  attempt: 0,
} as const;

let engine: RecordedEngine;
beforeEach(async () => {
  engine = recordedEngine();
  await engine.targets.open(aTarget({ ignoreApplicationStopFailures: true }));
});

const legNow = async (): Promise<Leg> => {
  const leg = (await engine.hosts.byId(launch.instanceId))?.leg;
  if (!leg) throw new Error('the mailbox is empty');
  return leg;
};
/** The host runs the only event of its leg. */
const finish = async (status: 'Succeeded' | 'Failed') => {
  const leg = await legNow();
  const handedOut = handOut(leg, 'slipway', NOON);
  const command = handedOut === 'unchanged' ? undefined : handedOutCommand(handedOut, HOST_ARN);
  if (handedOut === 'unchanged' || !command) throw new Error('nothing to run');
  const report = {
    status,
    diagnostics: { errorCode: 'Success', scriptName: '', message: '', logTail: '' },
    noopEvents: [],
  } as const;
  const after = complete(handedOut, command, report, NOON);
  if (after !== 'unchanged') await engine.mailboxes.change(launch.instanceId, leg, after);
};

describe('running the events of a leg', () => {
  it('places the leg and leaves the token that its end answers', async () => {
    await runEvents(first, engine);

    expect(await legNow()).toMatchObject({ deploymentId, legNumber: 1, events: ['ApplicationStop'], results: [] });
    expect((await engine.targets.byId(ID))?.taskToken).toBe('token-0');
  });

  it('carries what the deployment group tolerates, and the role it expects', async () => {
    const deployment = aTarget({ instanceRoleArn: 'arn:aws:iam::111122223333:role/fleet/WebRole' });
    engine = recordedEngine();
    await engine.targets.open({ ...deployment, ignoreApplicationStopFailures: true });

    await runEvents(first, engine);

    expect(await legNow()).toMatchObject({ toleratedFailures: ['ApplicationStop'], instanceRoleName: 'WebRole' });
  });

  it('keeps the leg and renews the token when Step Functions tries again', async () => {
    await runEvents(first, engine);
    const before = await legNow();

    await runEvents({ ...first, taskToken: 'token-1', attempt: 1 }, engine);

    expect(await legNow()).toEqual(before);
    expect((await engine.targets.byId(ID))?.taskToken).toBe('token-1');
    expect(engine.taskTokens.answers.size).toBe(0);
  });

  it('never puts an old token over a newer one', async () => {
    await runEvents({ ...first, taskToken: 'token-1', attempt: 1 }, engine);

    await runEvents(first, engine);

    expect((await engine.targets.byId(ID))?.taskToken).toBe('token-1');
  });

  it('answers a new token at once when the leg is over by then', async () => {
    await runEvents({ ...first, events: ['Install'] }, engine);
    await finish('Failed');

    await runEvents({ ...first, events: ['Install'], taskToken: 'token-1', attempt: 1 }, engine);

    expect(engine.taskTokens.answers.get('token-1')).toEqual({ status: 'Failed' });
  });

  it('goes on to the next leg with the events of the one before on record', async () => {
    await runEvents(first, engine);
    await finish('Succeeded');

    await runEvents({ ...first, legNumber: 2, events: ['AfterAllowTraffic'], taskToken: 'token-2' }, engine);

    expect(await legNow()).toMatchObject({ legNumber: 2, results: [] });
    expect((await engine.targets.byId(ID))?.lifecycleEvents).toMatchObject([
      { lifecycleEventName: 'ApplicationStop', status: 'Succeeded' },
    ]);
  });

  it('keeps the events of the leg before once, when it is called again before the next leg was placed', async () => {
    const next = { ...first, legNumber: 2, events: ['AfterAllowTraffic'], taskToken: 'token-2' } as const;
    await runEvents(first, engine);
    await finish('Succeeded');
    const crashing = crashAfter(engine, 3);
    await expect(runEvents(next, crashing.ports)).rejects.toThrow('outside call 3');

    await runEvents({ ...next, attempt: 1, taskToken: 'token-3' }, engine);

    expect((await engine.targets.byId(ID))?.lifecycleEvents).toHaveLength(1);
  });

  it('places nothing for a deployment that was stopped, and says so', async () => {
    await engine.targets.stop(ID, { kind: 'LifecycleActionGone', reason: 'it timed out' }, []);

    await runEvents(first, engine);

    expect(engine.taskTokens.answers.get('token-0')).toEqual({ status: 'Stopped' });
    expect((await engine.hosts.byId(launch.instanceId))?.leg).toBeUndefined();
  });

  it('gives way when the instance leaves', async () => {
    await engine.hosts.leave(launch.instanceId, 'd-FAREWELL0');

    await runEvents(first, engine);

    expect(engine.taskTokens.answers.get('token-0')).toEqual({ status: 'Stopped' });
    expect((await engine.targets.byId(ID))?.stop?.kind).toBe('Superseded');
  });

  it('waits for another deployment’s leg to leave the mailbox', async () => {
    await engine.mailboxes.place(launch.instanceId, aLeg({ deploymentId: 'd-OTHER0000' }), 'launch');

    await expect(runEvents(first, engine)).rejects.toBeInstanceOf(HostIsBusy);
  });
});
