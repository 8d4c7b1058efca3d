import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import { deploymentsOf, targetIdOf } from '../../../core/target-request.ts';
import { settleDeadExecution } from '../../../lambdas/dead-execution/settle-dead-execution.ts';
import { HostAgentSilent, watchHost } from '../../../lambdas/heartbeat/watch-host.ts';
import { carryOut } from '../../../lambdas/orchestrator/step.ts';
import type { DeploymentAtWork } from '../../../lambdas/orchestrator/steps/open-deployment.ts';
import { aLaunch, anUndeclaredGroup, aRevision, aTermination, DECLARED_BY, WEB_FLEET } from '../doubles/builders.ts';
import type { RecordedEngine } from '../doubles/recorded-engine.ts';
import { BASE, engineOfSeveral, GROUPS, idIn, LOGS, play, recordsOf, work } from '../doubles/several-groups.ts';

const launch = aLaunch({ deploymentGroups: GROUPS });
const termination = aTermination({ deploymentGroups: GROUPS });
const allWell = () => 'Succeeded' as const;
const failing = (failed: string) => (group: string) => (group === failed ? 'Failed' : 'Succeeded');

const statuses = async (action: LifecycleAction, engine: RecordedEngine) =>
  Object.fromEntries(Object.entries(await recordsOf(action, engine)).map(([name, { status }]) => [name, status]));
const resultOf = (action: LifecycleAction, engine: RecordedEngine) =>
  engine.lifecycleActions.completed.get(action.lifecycleActionToken);

describe('a launch of several deployment groups', () => {
  it('deploys them one after the other, each with its own record, and continues once', async () => {
    const { engine, outcome, worked } = await play(launch, allWell);

    expect(worked).toEqual(['base', 'web', 'logs']);
    expect(await statuses(launch, engine)).toEqual({ base: 'Succeeded', web: 'Succeeded', logs: 'Succeeded' });
    expect(outcome).toMatchObject({ ...LOGS, status: 'Succeeded', lifecycleActionResult: 'CONTINUE' });
    expect(outcome.deployments).toHaveLength(3);
    expect(resultOf(launch, engine)).toBe('CONTINUE');
    const host = await engine.hosts.byId(launch.instanceId);
    expect(GROUPS.map((group) => host?.installed(group))).toEqual(['base.zip', 'web.zip', 'logs.zip'].map(aRevision));
  });

  it('is abandoned at the first failure, and skips those behind it', async () => {
    const { engine, outcome, worked } = await play(launch, failing('base'));

    expect(worked).toEqual(['base']);
    expect(await statuses(launch, engine)).toEqual({ base: 'Failed', web: 'Skipped', logs: 'Skipped' });
    expect((await recordsOf(launch, engine))['logs']?.settlement?.reason).toBe(
      `The deployment ${idIn(launch, BASE)} of base/base-fleet, whose turn was before, failed: AfterAllowTraffic failed`,
    );
    expect(outcome).toMatchObject({ ...BASE, status: 'Failed', lifecycleActionResult: 'ABANDON' });
    expect(resultOf(launch, engine)).toBe('ABANDON');
  });

  it('passes over a group that has nothing to deploy', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    await engine.deploymentGroups.declare(anUndeclaredGroup(), DECLARED_BY);
    const [first] = deploymentsOf(launch);
    await carryOut({ step: 'openDeployment', request: launch }, engine);
    await engine.targets.settle(
      targetIdOf(first),
      { status: 'Succeeded', lifecycleActionResult: 'CONTINUE', reason: 'went well' },
      [],
    );

    const opened = await carryOut(
      { step: 'goOnToNext', request: launch, deploymentId: targetIdOf(first).deploymentId },
      engine,
    );

    expect(opened).toMatchObject({ decision: 'Deploy', deploymentId: idIn(launch, LOGS), hasNext: false });
    expect((await statuses(launch, engine))['web']).toBe('Skipped');
  });

  it('is abandoned for the next, not for the one that went well, when the way between them breaks', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    const first = (await carryOut({ step: 'openDeployment', request: launch }, engine)) as DeploymentAtWork;
    const { request, plan, deploymentId } = first;
    const events = plan[0]?.kind === 'RunEvents' ? plan[0].events : [];
    await carryOut({ step: 'runEvents', request, legNumber: 1, events, taskToken: 'leg', attempt: 0 }, engine);
    await work(engine, first, 'Succeeded');

    const error = { Error: 'Lambda.Unknown', Cause: 'the function ran out of memory' };
    const outcome = await carryOut({ step: 'settleDeployment', request: launch, error, deploymentId }, engine);

    expect(await statuses(launch, engine)).toEqual({ base: 'Succeeded', web: 'Failed', logs: 'Skipped' });
    expect(outcome).toMatchObject({ ...WEB_FLEET, status: 'Failed', lifecycleActionResult: 'ABANDON' });
  });

  it('fails with the first group that nobody registered', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    await engine.deploymentGroups.withdraw(BASE, DECLARED_BY);

    const opened = await carryOut({ step: 'openDeployment', request: launch }, engine);

    expect(opened).toMatchObject({ decision: 'Finish', outcome: { ...BASE, lifecycleActionResult: 'ABANDON' } });
    expect(await statuses(launch, engine)).toEqual({ base: 'Failed', web: 'Skipped', logs: 'Skipped' });
  });
});

describe('a termination of several deployment groups', () => {
  it('goes through them backwards', async () => {
    const { engine, worked } = await play(termination, allWell);

    expect(worked).toEqual(['logs', 'web', 'base']);
    expect(resultOf(termination, engine)).toBe('CONTINUE');
  });

  it('continues whatever fails, without those behind it', async () => {
    const { engine, outcome, worked } = await play(termination, failing('web'));

    expect(worked).toEqual(['logs', 'web']);
    expect(await statuses(termination, engine)).toEqual({ logs: 'Succeeded', web: 'Failed', base: 'Skipped' });
    expect(outcome).toMatchObject({ ...WEB_FLEET, status: 'Failed', lifecycleActionResult: 'CONTINUE' });
  });
});

describe('any course of several deployments', () => {
  it('ends with the result of the first that fails, and with a record of each', async () => {
    const anyCourse = fc.record({ base: fc.boolean(), web: fc.boolean(), logs: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(launch, termination), anyCourse, async (action, succeeds) => {
        const { engine, worked } = await play(action, (group) =>
          succeeds[group as keyof typeof succeeds] ? 'Succeeded' : 'Failed',
        );

        const order = action === launch ? ['base', 'web', 'logs'] : ['logs', 'web', 'base'];
        const firstFailure = order.findIndex((group) => !succeeds[group as keyof typeof succeeds]);
        const expected = order.map((_, index) =>
          firstFailure < 0 || index < firstFailure ? 'Succeeded' : index === firstFailure ? 'Failed' : 'Skipped',
        );
        const found = await statuses(action, engine);
        expect(order.map((group) => found[group])).toEqual(expected);
        expect(worked).toEqual(order.slice(0, firstFailure < 0 ? 3 : firstFailure + 1));
        expect(resultOf(action, engine)).toBe(action === launch && firstFailure >= 0 ? 'ABANDON' : 'CONTINUE');
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['all goes well', launch, allWell],
    ['the second fails', launch, failing('web')],
    ['the first fails as the instance leaves', termination, failing('logs')],
  ] as const)('is the same after a crash behind any outside call, when %s', async (_, action, course) => {
    const undisturbed = await play(action, course);

    for (let n = 1; n <= undisturbed.calls; n++) {
      const crashed = await play(action, course, n);

      expect(crashed.worked, `crashed after outside call ${n} of ${undisturbed.calls}`).toEqual(undisturbed.worked);
      expect(await statuses(action, crashed.engine)).toEqual(await statuses(action, undisturbed.engine));
      expect(resultOf(action, crashed.engine)).toBe(resultOf(action, undisturbed.engine));
      expect((await crashed.engine.hosts.byId(action.instanceId))?.leg).toBeUndefined();
    }
  });

  it('is not repeated by an execution that is run again', async () => {
    const { engine } = await play(launch, allWell);

    const opened = await carryOut({ step: 'openDeployment', request: launch }, engine);

    expect(opened).toMatchObject({ decision: 'Finish', outcome: { lifecycleActionResult: 'CONTINUE' } });
  });

  it('does not settle the next deployment when the step before is repeated late', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    const first = (await carryOut({ step: 'openDeployment', request: launch }, engine)) as DeploymentAtWork;
    await settleWell(engine, first.request);
    const { deploymentId } = first;
    const next = await carryOut({ step: 'goOnToNext', request: launch, deploymentId }, engine);

    const repeated = await carryOut({ step: 'goOnToNext', request: launch, deploymentId }, engine);

    expect(repeated).toEqual(next);
    expect(await statuses(launch, engine)).toEqual({ base: 'Succeeded', web: 'InProgress' });
  });
});

describe('the time until a host is at work', () => {
  it('is measured for the first deployment of an action', async () => {
    const { engine } = await play(launch, allWell);

    expect(engine.telemetry.lines.filter(({ message }) => message === 'first command handed out')).toMatchObject([
      { fields: { seconds: 2 } },
      { fields: { seconds: undefined } },
      { fields: { seconds: undefined } },
    ]);
  });
});

describe('the watch over several deployments', () => {
  it('looks at whichever leg of theirs is in the mailbox, and beats once for all', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    await atWorkOnSecond(engine);
    engine.advance(21 * 60);

    await expect(watchHost(launch, engine)).rejects.toBeInstanceOf(HostAgentSilent);
    expect(engine.lifecycleActions.heartbeats).toBe(1);
  });

  it('is released when the action is completed, not by a deployment before', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    await carryOut({ step: 'openDeployment', request: launch }, engine);
    await engine.table.leaveHeartbeatTokenOfShared(launch, 'heartbeat');
    await atWorkOnSecond(engine);
    expect(engine.taskTokens.answers.has('heartbeat')).toBe(false);

    const outcome = await carryOut({ step: 'settleDeployment', request: launch, error: { Error: 'Broken' } }, engine);
    await carryOut({ step: 'completeLifecycleAction', request: launch, outcome: outcome as never }, engine);

    expect(engine.taskTokens.answers.has('heartbeat')).toBe(true);
  });

  it('stops the one at work and those behind it when the action is gone, and completes nothing', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    await atWorkOnSecond(engine);

    await carryOut({ step: 'stopTheWork', request: launch, error: GONE }, engine);
    const outcome = await carryOut(
      { step: 'settleDeployment', request: launch, error: null, deploymentId: idIn(launch, WEB_FLEET) },
      engine,
    );

    expect(outcome).toMatchObject({ ...WEB_FLEET, status: 'Stopped', lifecycleActionResult: null });
    expect(await statuses(launch, engine)).toEqual({ base: 'Succeeded', web: 'Stopped', logs: 'Skipped' });
    expect((await recordsOf(launch, engine))['logs']?.settlement?.reason).toContain('it timed out');
    expect((await engine.hosts.byId(launch.instanceId))?.leg).toBeUndefined();
  });

  it('holds back the next deployment when the action ends between two', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    const first = (await carryOut({ step: 'openDeployment', request: launch }, engine)) as DeploymentAtWork;
    await settleWell(engine, first.request);
    await carryOut({ step: 'stopTheWork', request: launch, error: GONE }, engine);

    const next = await carryOut({ step: 'goOnToNext', request: launch, deploymentId: first.deploymentId }, engine);

    expect(next).toMatchObject({ decision: 'Finish', outcome: { status: 'Skipped', lifecycleActionResult: null } });
    expect(await statuses(launch, engine)).toEqual({ base: 'Succeeded', web: 'Skipped', logs: 'Skipped' });
  });
});

describe('an execution of several deployments that died', () => {
  it('is settled as far as it came: what is over stays, what was at work fails, the rest is skipped', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    await atWorkOnSecond(engine);

    await settleDeadExecution({ detail: { status: 'ABORTED', input: JSON.stringify(launch) } }, engine);

    expect(await statuses(launch, engine)).toEqual({ base: 'Succeeded', web: 'Failed', logs: 'Skipped' });
    expect(resultOf(launch, engine)).toBe('ABANDON');
  });

  it('before it opened any is settled all the same', async () => {
    const engine = await engineOfSeveral(launch.instanceId);

    await settleDeadExecution({ detail: { status: 'ABORTED', input: JSON.stringify(launch) } }, engine);

    expect(await statuses(launch, engine)).toEqual({ base: 'Failed', web: 'Skipped', logs: 'Skipped' });
    expect(resultOf(launch, engine)).toBe('ABANDON');
  });
});

describe('a termination that overtakes a launch of several deployments', () => {
  it('takes the place of the one at work, and those behind it never begin', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    await atWorkOnSecond(engine);

    await carryOut({ step: 'openDeployment', request: termination }, engine);
    const outcome = await carryOut(
      { step: 'settleDeployment', request: launch, error: null, deploymentId: idIn(launch, WEB_FLEET) },
      engine,
    );

    expect(outcome).toMatchObject({ ...WEB_FLEET, status: 'Stopped', lifecycleActionResult: 'ABANDON' });
    expect(await statuses(launch, engine)).toEqual({ base: 'Succeeded', web: 'Stopped', logs: 'Skipped' });
  });

  it('keeps the next from beginning when it comes between two', async () => {
    const engine = await engineOfSeveral(launch.instanceId);
    const first = (await carryOut({ step: 'openDeployment', request: launch }, engine)) as DeploymentAtWork;
    await settleWell(engine, first.request);
    await carryOut({ step: 'openDeployment', request: termination }, engine);

    const next = await carryOut({ step: 'goOnToNext', request: launch, deploymentId: first.deploymentId }, engine);

    expect(next).toMatchObject({ decision: 'Finish', outcome: { lifecycleActionResult: 'ABANDON' } });
  });
});

const GONE = { Error: 'LifecycleActionGone', Cause: '{"errorMessage":"it timed out"}' };

async function settleWell(engine: RecordedEngine, request: DeploymentAtWork['request']): Promise<void> {
  const success = { status: 'Succeeded', lifecycleActionResult: 'CONTINUE', reason: 'went well' } as const;
  await engine.targets.settle(targetIdOf(request), success, []);
}

/** The first deployment has succeeded, the second has its leg in the mailbox. */
async function atWorkOnSecond(engine: RecordedEngine): Promise<void> {
  const first = (await carryOut({ step: 'openDeployment', request: launch }, engine)) as DeploymentAtWork;
  await settleWell(engine, first.request);
  const { deploymentId } = first;
  const { request } = (await carryOut(
    { step: 'goOnToNext', request: launch, deploymentId },
    engine,
  )) as DeploymentAtWork;
  const leg = { legNumber: 1, events: ['Install'], taskToken: 'leg', attempt: 0 } as const;
  await carryOut({ step: 'runEvents', request, ...leg }, engine);
}
