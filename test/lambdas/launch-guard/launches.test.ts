import { beforeEach, describe, expect, it } from 'vitest';

import type { Target } from '../../../core/target.ts';
import { decideOnLaunch } from '../../../core/decide-on-launch.ts';
import { resumeLaunches } from '../../../lambdas/launch-guard/resume-launches.ts';
import { revisionSucceeded } from '../../../lambdas/launch-guard/revision-succeeded.ts';
import {
  aDeploymentGroup,
  aLaunch,
  aTarget,
  DECLARED_BY,
  REVISION_ONE,
  REVISION_TWO,
  WEB_FLEET,
} from '../doubles/builders.ts';
import { recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

let engine: RecordedEngine;
beforeEach(async () => {
  engine = recordedEngine();
  await engine.deploymentGroups.declare(aDeploymentGroup({ revision: REVISION_TWO }), DECLARED_BY);
});

const failed = (number: number, changes: Partial<Target> = {}): Target =>
  aTarget({
    deploymentId: `d-FAILED00${number}`,
    revision: REVISION_TWO,
    status: 'Failed',
    settlement: { status: 'Failed', lifecycleActionResult: 'ABANDON', reason: 'ApplicationStart failed: exit code 1' },
    lifecycleEvents: [
      {
        lifecycleEventName: 'ApplicationStart',
        status: 'Failed',
        diagnostics: {
          errorCode: 'ScriptFailed',
          scriptName: 'scripts/start.sh',
          message: '',
          logTail: '[stderr]no port',
        },
      },
    ],
    ...changes,
  });
const launchesFail = async (count: number, changes: Partial<Target> = {}): Promise<void> => {
  for (let number = 0; number < count; number++) await engine.launches.settled(failed(number, changes), await group());
};
const group = async () => (await engine.deploymentGroups.byName(WEB_FLEET)) ?? aDeploymentGroup();
const nextLaunch = async () =>
  decideOnLaunch({ instanceId: 'i-1', name: WEB_FLEET, group: await group(), leaving: undefined });
const isHeld = () => engine.autoScalingGroups.suspended.get('web-blue')?.has('Launch') ?? false;

describe('three launches in a row that fail', () => {
  it('bring the last revision that succeeded to new hosts', async () => {
    await engine.deploymentGroups.remember(WEB_FLEET, REVISION_ONE);

    await launchesFail(3);

    expect(await nextLaunch()).toMatchObject({ kind: 'deploy', revision: REVISION_ONE });
    expect(isHeld()).toBe(false);
  });

  it('hold launches where none ever succeeded', async () => {
    await launchesFail(3);

    expect(await nextLaunch()).toMatchObject({ kind: 'finish', settlement: { lifecycleActionResult: 'ABANDON' } });
    expect(isHeld()).toBe(true);
    expect((await group()).launchGuard?.heldGroups).toEqual(['web-blue']);
    expect(engine.telemetry.counts).toEqual(['LaunchesHeld', 'RevisionsWithdrawn']);
  });

  it('are told once, with the script and what it printed', async () => {
    await launchesFail(3);
    await launchesFail(5);

    expect(engine.withdrawals).toHaveLength(1);
    expect(engine.withdrawals[0]).toMatchObject({
      failing: { last: { deploymentId: 'd-FAILED002', scriptName: 'scripts/start.sh', logTail: '[stderr]no port' } },
      next: { kind: 'held' },
    });
  });

  it('count across settlements that are told at one moment', async () => {
    await Promise.all([0, 1, 2].map((number) => engine.launches.settled(failed(number), undefined)));

    expect(engine.withdrawals).toHaveLength(1);
  });

  it('mean nothing where the group wants to try for ever', async () => {
    await engine.deploymentGroups.declare(
      aDeploymentGroup({ revision: REVISION_TWO, launchFailureLimit: 0 }),
      DECLARED_BY,
    );

    await launchesFail(3);

    expect(await nextLaunch()).toMatchObject({ kind: 'deploy', revision: REVISION_TWO });
  });

  it('mean nothing where they were cut short from outside, or by the engine', async () => {
    await launchesFail(3, { status: 'Stopped' });
    await launchesFail(3, { lifecycleEvents: [] });
    await launchesFail(3, { request: { ...aLaunch(), type: 'termination' } });

    expect((await group()).launchGuard).toBeUndefined();
  });
});

describe('launches that are held', () => {
  beforeEach(() => launchesFail(3));
  const ports = () => engine;

  it('are held again when somebody lets one through', async () => {
    await engine.autoScalingGroups.resume('web-blue', ['Launch']);

    await engine.launches.refused(WEB_FLEET, 'web-blue');

    expect(isHeld()).toBe(true);
  });

  it('go on with a revision that succeeds elsewhere', async () => {
    await engine.deploymentGroups.remember(WEB_FLEET, REVISION_ONE);

    await revisionSucceeded(WEB_FLEET, REVISION_ONE, ports());

    expect(isHeld()).toBe(false);
    expect((await group()).launchGuard?.heldGroups).toEqual([]);
  });

  it('go on when they are resumed, and the revision has its chances again', async () => {
    await resumeLaunches(WEB_FLEET, ports());
    await resumeLaunches(WEB_FLEET, ports());

    expect(isHeld()).toBe(false);
    expect(await nextLaunch()).toMatchObject({ kind: 'deploy', revision: REVISION_TWO });
  });
});

describe('launches that somebody else has suspended', () => {
  it('stay so', async () => {
    await engine.autoScalingGroups.suspend('web-blue', ['Launch']);
    await launchesFail(3);

    await resumeLaunches(WEB_FLEET, engine);

    expect(isHeld()).toBe(true);
  });
});

describe('launches that two deployment groups hold', () => {
  const MONITOR = { applicationName: 'monitor', deploymentGroupName: 'monitor-fleet' };
  const ofMonitor = { group: MONITOR, revision: REVISION_TWO };

  beforeEach(async () => {
    await engine.deploymentGroups.declare(aDeploymentGroup({ ...MONITOR, revision: REVISION_TWO }), DECLARED_BY);
    await launchesFail(3);
    await launchesFail(3, ofMonitor);
  });
  const heldBy = async (name: typeof MONITOR) =>
    (await engine.deploymentGroups.byName(name))?.launchGuard?.heldGroups ?? [];

  it('are on the record of both', async () => {
    expect([await heldBy(WEB_FLEET), await heldBy(MONITOR)]).toEqual([['web-blue'], ['web-blue']]);
  });

  it.each([
    ['the first', WEB_FLEET, MONITOR],
    ['the second', MONITOR, WEB_FLEET],
  ])('stay held when %s lets them go, and go on when the other does too', async (_, first, other) => {
    expect(await resumeLaunches(first, engine)).toEqual([other]);
    expect([isHeld(), await heldBy(first), await heldBy(other)]).toEqual([true, [], ['web-blue']]);

    expect(await resumeLaunches(other, engine)).toEqual([]);
    expect([isHeld(), await heldBy(other)]).toEqual([false, []]);
  });

  it('go on when one lets them go and the other is no more', async () => {
    await engine.deploymentGroups.withdraw(MONITOR, DECLARED_BY);

    await resumeLaunches(WEB_FLEET, engine);

    expect(isHeld()).toBe(false);
  });

  it('are held with the next launch at the latest, when one lets them go as the other begins to hold them', async () => {
    await resumeLaunches(MONITOR, engine);
    await Promise.all([resumeLaunches(WEB_FLEET, engine), launchesFail(3, ofMonitor)]);

    if (!isHeld()) await engine.launches.refused(MONITOR, 'web-blue');

    expect([isHeld(), await heldBy(WEB_FLEET), await heldBy(MONITOR)]).toEqual([true, [], ['web-blue']]);
  });
});
