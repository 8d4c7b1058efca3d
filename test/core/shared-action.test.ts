import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { letsTheNextBegin, skippedBefore, skippedBehind, verdictOn } from '../../core/shared-action.ts';
import { deploymentsOf, describeRequest, groupOf, targetIdOf } from '../../core/target-request.ts';
import { outcomeOf, type Settlement, type TargetOutcome } from '../../core/target.ts';
import { aLaunch, anInPlaceRequest, aTarget, aTermination, WEB_FLEET } from '../lambdas/doubles/builders.ts';

const BASE = { applicationName: 'base', deploymentGroupName: 'base-fleet' };
const LOGS = { applicationName: 'logs', deploymentGroupName: 'logs-fleet' };
const deploymentGroups = [BASE, WEB_FLEET, LOGS];
const launch = aLaunch({ deploymentGroups });
const termination = aTermination({ deploymentGroups });
const groupsOf = (request: Parameters<typeof deploymentsOf>[0]) => deploymentsOf(request).map(groupOf);

const SUCCESS: Settlement = { status: 'Succeeded', lifecycleActionResult: 'CONTINUE', reason: 'went well' };
const FAILURE: Settlement = { status: 'Failed', lifecycleActionResult: 'ABANDON', reason: 'did not' };
const NOTHING: Settlement = { status: 'Skipped', lifecycleActionResult: 'CONTINUE', reason: 'nothing to do' };
const GONE: Settlement = { status: 'Stopped', lifecycleActionResult: null, reason: 'it timed out' };
const outcomes = (...settlements: readonly Settlement[]): TargetOutcome[] =>
  settlements.map((settlement, index) => outcomeOf(aTarget({ deploymentId: `d-00000000${index}` }), settlement, []));

describe('the deployments of a lifecycle action', () => {
  it('run in the order that the hook names, and backwards when the instance leaves', () => {
    expect(groupsOf(launch)).toEqual([BASE, WEB_FLEET, LOGS]);
    expect(groupsOf(termination)).toEqual([LOGS, WEB_FLEET, BASE]);
  });

  it('have ids of their own, which follow from the action’s token and the group', () => {
    const ids = deploymentsOf(launch).map((deployment) => targetIdOf(deployment).deploymentId);

    expect(new Set(ids).size).toBe(3);
    expect(ids).toEqual(deploymentsOf(launch).map((deployment) => targetIdOf(deployment).deploymentId));
    expect(targetIdOf(deploymentsOf(aLaunch({ deploymentGroups: [LOGS, BASE] }))[1] ?? launch).deploymentId).toBe(
      ids[0],
    );
    for (const id of ids) expect(id).toMatch(/^d-[A-Z0-9]{9}$/);
    expect(describeRequest(launch)['deploymentId']).toBe(ids.join(' '));
  });

  it.each([aLaunch(), aTermination(), anInPlaceRequest()])('are the $type itself where there is one', (request) => {
    expect(deploymentsOf(request)).toEqual([request]);
  });

  it('are not divided again, and a group that is named twice has one', () => {
    const [first] = deploymentsOf(launch);

    expect(deploymentsOf(first)).toEqual([first]);
    expect(groupsOf(aLaunch({ deploymentGroups: [BASE, WEB_FLEET, BASE] }))).toEqual([BASE, WEB_FLEET]);
    expect(targetIdOf(deploymentsOf(aLaunch({ deploymentGroups: [BASE, BASE] }))[0])).toEqual(targetIdOf(aLaunch()));
  });
});

describe('the verdict on several deployments', () => {
  it.each<[string, Settlement[], Partial<Settlement>]>([
    ['a success when all succeeded', [SUCCESS, SUCCESS], SUCCESS],
    ['a success when one had nothing to do', [SUCCESS, NOTHING], SUCCESS],
    ['that nothing was to be done when none had anything to do', [NOTHING, NOTHING], NOTHING],
    ['the failure that stopped the others', [SUCCESS, FAILURE, NOTHING], FAILURE],
    ['that the action is gone', [SUCCESS, GONE, { ...NOTHING, lifecycleActionResult: null }], GONE],
  ])('is %s', (_, settlements, verdict) => {
    expect(verdictOn(outcomes(...settlements))).toMatchObject(verdict);
  });

  it('tells how each ended, unless there is one', () => {
    expect(verdictOn(outcomes(SUCCESS, FAILURE)).deployments).toMatchObject([
      { deploymentId: 'd-000000000', status: 'Succeeded', ...WEB_FLEET },
      { deploymentId: 'd-000000001', status: 'Failed', reason: 'did not' },
    ]);
    expect(verdictOn(outcomes(SUCCESS))).not.toHaveProperty('deployments');
  });

  it('is CONTINUE only if every one of them is', () => {
    const anySettlement = fc.constantFrom(SUCCESS, FAILURE, NOTHING, GONE);
    fc.assert(
      fc.property(fc.array(anySettlement, { minLength: 1, maxLength: 6 }), (settlements) => {
        const { lifecycleActionResult } = verdictOn(outcomes(...settlements));

        const allContinue = settlements.every((each) => each.lifecycleActionResult === 'CONTINUE');
        expect(lifecycleActionResult === 'CONTINUE').toBe(allContinue);
      }),
    );
  });
});

describe('a deployment whose turn never came', () => {
  it('names the one before it that failed, and bears its result', () => {
    const failed = outcomeOf(aTarget({ deploymentId: 'd-000000000' }), FAILURE, []);

    expect(skippedBehind(failed)).toEqual({
      status: 'Skipped',
      lifecycleActionResult: 'ABANDON',
      reason: 'The deployment d-000000000 of web/web-fleet, whose turn was before, failed: did not',
    });
  });

  it.each([
    ['LifecycleActionGone', null],
    ['HostAgentSilent', 'ABANDON'],
  ] as const)('bears the result of a launch that was stopped: %s', (kind, lifecycleActionResult) => {
    expect(skippedBefore(launch, { kind, reason: 'nobody answers' })).toEqual({
      status: 'Skipped',
      lifecycleActionResult,
      reason: 'Its turn had not come: nobody answers',
    });
  });

  it('holds back those behind it: only a success lets them begin, or that there was nothing to do', () => {
    expect([SUCCESS, NOTHING, FAILURE, GONE].map(letsTheNextBegin)).toEqual([true, true, false, false]);
    expect(letsTheNextBegin({ ...FAILURE, lifecycleActionResult: 'CONTINUE' })).toBe(false);
    expect(letsTheNextBegin({ ...NOTHING, lifecycleActionResult: 'ABANDON' })).toBe(false);
  });
});
