import { beforeEach, describe, expect, it } from 'vitest';

import { targetIdOf } from '../../../core/target-request.ts';
import { settleDeadExecution } from '../../../lambdas/dead-execution/settle-dead-execution.ts';
import { aTarget, aLaunch, aLeg, anInPlaceRequest, aTermination } from '../doubles/builders.ts';
import { recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

const launch = aLaunch();
const termination = aTermination();

let engine: RecordedEngine;
beforeEach(async () => {
  engine = recordedEngine();
  await engine.targets.open(aTarget());
  await engine.mailboxes.place(launch.instanceId, aLeg(), 'launch');
});

const died = (status: 'FAILED' | 'TIMED_OUT' | 'ABORTED', action: object = launch) => ({
  detail: { status, input: JSON.stringify(action), error: 'Broken', cause: 'somewhere' },
});
const record = (action = launch) => engine.targets.byId(targetIdOf(action));

describe('an execution that died', () => {
  it.each([
    ['ABORTED', 'The execution was aborted from outside'],
    ['TIMED_OUT', 'The execution reached its time limit'],
    ['FAILED', 'The engine failed: Broken: somewhere'],
  ] as const)('is settled as it died: %s', async (status, reason) => {
    await settleDeadExecution(died(status), engine);

    expect((await record())?.settlement).toEqual({ status: 'Failed', lifecycleActionResult: 'ABANDON', reason });
    expect(engine.lifecycleActions.completed.get(launch.lifecycleActionToken)).toBe('ABANDON');
    expect((await engine.hosts.byId(launch.instanceId))?.leg).toBeUndefined();
  });

  it('lets a leaving instance go', async () => {
    await settleDeadExecution(died('ABORTED', termination), engine);

    expect(engine.lifecycleActions.completed.get(termination.lifecycleActionToken)).toBe('CONTINUE');
    expect((await record(termination))?.status).toBe('Failed');
  });

  it('of a deployment in place is settled, with nothing to complete', async () => {
    const request = anInPlaceRequest({ instanceId: 'i-0b' });
    await engine.targets.open(aTarget({ request, ...targetIdOf(request) }));
    await engine.mailboxes.place('i-0b', aLeg({ deploymentId: request.deploymentId }), 'in-place');

    await settleDeadExecution(died('ABORTED', request), engine);

    expect((await engine.targets.byId(targetIdOf(request)))?.settlement).toEqual({
      status: 'Failed',
      lifecycleActionResult: null,
      reason: 'The execution was aborted from outside',
    });
    expect((await engine.hosts.byId('i-0b'))?.leg).toBeUndefined();
    expect(engine.lifecycleActions.completed.size).toBe(0);
  });

  it('keeps the verdict that was reached before it died', async () => {
    const success = { status: 'Succeeded', lifecycleActionResult: 'CONTINUE', reason: 'all went well' } as const;
    await engine.targets.settle(aTarget(), success, []);

    await settleDeadExecution(died('FAILED'), engine);

    expect(engine.lifecycleActions.completed.get(launch.lifecycleActionToken)).toBe('CONTINUE');
  });

  it('needs no action to complete when Auto Scaling has ended it', async () => {
    engine.lifecycleActions.gone.add(launch.lifecycleActionToken);

    await settleDeadExecution(died('TIMED_OUT'), engine);

    expect((await record())?.status).toBe('Failed');
  });

  it.each([{ hello: 'world' }, 'text'])('is left alone when it never had a lifecycle action: %o', async (input) => {
    await settleDeadExecution({ detail: { status: 'FAILED', input: JSON.stringify(input) } }, engine);
    await settleDeadExecution({ detail: { status: 'FAILED', input: null } }, engine);

    expect(engine.lifecycleActions.completed.size).toBe(0);
  });
});
