import { describe, expect, it } from 'vitest';

import type { StopKind } from '../../core/target.ts';
import type { LifecycleEvent } from '../../core/lifecycle-event.ts';
import { decideSettlement, messageIn } from '../../core/settlement.ts';
import { aLaunch, anInPlaceRequest, aTermination } from '../lambdas/doubles/builders.ts';

const launch = aLaunch();
const termination = aTermination();
const installed: LifecycleEvent = { lifecycleEventName: 'Install', status: 'Succeeded' };
const notStarted: LifecycleEvent = {
  lifecycleEventName: 'ApplicationStart',
  status: 'Failed',
  diagnostics: {
    errorCode: 'ScriptFailed',
    scriptName: 'start.sh',
    message: 'start.sh failed with exit code 1',
    logTail: '',
  },
};

describe('a deployment whose work is over', () => {
  it.each([launch, termination])('lets the $type continue when every event succeeded', (action) => {
    expect(decideSettlement(action, { legOutcome: 'Succeeded', lifecycleEvents: [installed] })).toMatchObject({
      status: 'Succeeded',
      lifecycleActionResult: 'CONTINUE',
    });
  });

  it('abandons a launch that failed, and says which event and why', () => {
    expect(decideSettlement(launch, { legOutcome: 'Failed', lifecycleEvents: [installed, notStarted] })).toEqual({
      status: 'Failed',
      lifecycleActionResult: 'ABANDON',
      reason: 'ApplicationStart failed: start.sh failed with exit code 1',
    });
  });

  it('continues a termination that failed', () => {
    expect(decideSettlement(termination, { legOutcome: 'Failed', lifecycleEvents: [notStarted] })).toMatchObject({
      status: 'Failed',
      lifecycleActionResult: 'CONTINUE',
    });
  });

  it('names the failure that ended the work, not one that was tolerated before', () => {
    const tolerated: LifecycleEvent = { lifecycleEventName: 'ApplicationStop', status: 'Failed' };

    const { reason } = decideSettlement(launch, { legOutcome: 'Failed', lifecycleEvents: [tolerated, notStarted] });

    expect(reason).toContain('ApplicationStart');
  });

  it.each<{ kind: StopKind; status: string; ofLaunch: string | null; ofTermination: string | null }>([
    { kind: 'LifecycleActionGone', status: 'Stopped', ofLaunch: null, ofTermination: null },
    { kind: 'Superseded', status: 'Stopped', ofLaunch: 'ABANDON', ofTermination: 'CONTINUE' },
    { kind: 'HostAgentSilent', status: 'Failed', ofLaunch: 'ABANDON', ofTermination: 'CONTINUE' },
    { kind: 'DeadlineReached', status: 'Failed', ofLaunch: 'ABANDON', ofTermination: 'CONTINUE' },
  ])('is $status after the stop $kind, whatever came later', ({ kind, status, ofLaunch, ofTermination }) => {
    const work = { stop: { kind, reason: 'because' }, error: { Error: 'Later' }, lifecycleEvents: [installed] };

    expect(decideSettlement(launch, work)).toEqual({ status, lifecycleActionResult: ofLaunch, reason: 'because' });
    expect(decideSettlement(termination, work).lifecycleActionResult).toBe(ofTermination);
  });

  it.each([
    [{ Error: 'States.Timeout' }, 'The host did not finish its lifecycle events in time'],
    [{ Error: 'ExecutionAborted' }, 'The execution was aborted from outside'],
    [{ Error: 'HostIsBusy', Cause: '{"errorMessage":"i-0abc still has work"}' }, 'i-0abc still has work'],
    [{ Error: 'Broken', Cause: '{"errorMessage":"no luck"}' }, 'The engine failed: Broken: no luck'],
    [{ Error: 'Odd' }, 'The engine failed: Odd'],
  ])('fails after the error %o', (error, reason) => {
    expect(decideSettlement(launch, { error, lifecycleEvents: [] })).toEqual({
      status: 'Failed',
      lifecycleActionResult: 'ABANDON',
      reason,
    });
  });

  it('fails when the work ended too soon for no known reason', () => {
    expect(decideSettlement(launch, { lifecycleEvents: [installed] })).toMatchObject({
      status: 'Failed',
      reason: 'The work ended before all lifecycle events had run',
    });
  });

  it('in place has no lifecycle action to complete, however it went', () => {
    const works = [
      { legOutcome: 'Succeeded' },
      { legOutcome: 'Failed' },
      { error: { Error: 'Broken' } },
      { stop: { kind: 'Superseded', reason: 'the instance leaves' } },
    ] as const;
    const verdicts = works.map((work) => decideSettlement(anInPlaceRequest(), { ...work, lifecycleEvents: [] }));

    expect(verdicts.map(({ status }) => status)).toEqual(['Succeeded', 'Failed', 'Failed', 'Stopped']);
    for (const { lifecycleActionResult } of verdicts) expect(lifecycleActionResult).toBeNull();
  });

  it('takes a cause that is no function’s error as it is', () => {
    expect(messageIn('plain words')).toBe('plain words');
    expect(messageIn('"JSON, but no object"')).toBe('"JSON, but no object"');
  });
});
