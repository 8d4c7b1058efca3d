import { describe, expect, it } from 'vitest';
import { beginTarget } from '../../../core/fleet/begin-target.ts';
import { nextTargets, room } from '../../../core/fleet/budget.ts';
import {
  brokenBy,
  stoppedByAlarms,
  stoppedByRequest,
  stoppedWithoutAlarms,
  timedOut,
} from '../../../core/fleet/ending.ts';
import { endFleet } from '../../../core/fleet/end-fleet.ts';
import { finishTarget } from '../../../core/fleet/finish-target.ts';
import { type FleetProgress, statesOf } from '../../../core/fleet/fleet-progress.ts';
import { overviewOf } from '../../../core/fleet/overview.ts';
import { statusOf } from '../../../core/fleet/target-state.ts';
import { verdictOf } from '../../../core/fleet/verdict.ts';
import { aFleet, ALL_AT_ONCE, begin, finish, keep, ONE_AT_A_TIME, run } from './a-fleet.ts';

const overview = (progress: FleetProgress) => overviewOf(statesOf(progress).map(statusOf));

describe('a target of a fleet', () => {
  it('begins while fewer are down than may be', () => {
    const fleet = begin(aFleet(9, keep(6)), 0, 1);

    expect(beginTarget(fleet, 2).kind).toBe('begin');
  });

  it('waits while as many are down as may be', () => {
    const fleet = begin(aFleet(9, keep(6)), 0, 1, 2);

    expect(beginTarget(fleet, 3)).toEqual({ kind: 'wait' });
  });

  it('waits for good when a failure keeps its place', () => {
    const fleet = finish(begin(aFleet(9, keep(6)), 0, 1, 2), 'Failed', 0);

    expect(beginTarget(fleet, 3)).toEqual({ kind: 'wait' });
    expect(room(fleet)).toBe(0);
  });

  it('takes the place of one that succeeded, or whose host is gone', () => {
    const busy = begin(aFleet(9, keep(6)), 0, 1, 2);

    const fleet = finish(finish(busy, 'Succeeded', 1), 'Gone', 2);

    expect(nextTargets(fleet)).toEqual([3, 4]);
  });

  it('may begin before an earlier one that nobody takes up', () => {
    const fleet = aFleet(9, keep(6));

    expect(beginTarget(fleet, 8).kind).toBe('begin');
  });

  it('begins once, however often it asks', () => {
    const fleet = begin(aFleet(9, keep(6)), 0);

    expect(beginTarget(fleet, 0)).toEqual({ kind: 'begun' });
    expect(beginTarget(finish(fleet, 'Failed', 0), 0)).toEqual({ kind: 'over' });
  });

  it('keeps the first word on its end', () => {
    const fleet = finish(begin(aFleet(9, keep(6)), 0), 'Failed', 0);

    expect(finishTarget(fleet, 0, 'Succeeded')).toBe('unchanged');
    expect(finishTarget(fleet, 0, 'Gone')).toBe('unchanged');
  });

  it('cannot end before it has begun, unless its host is gone', () => {
    const fleet = aFleet(9, keep(6));

    expect(finishTarget(fleet, 4, 'Succeeded')).toBe('unchanged');
    expect(statesOf(finish(fleet, 'Gone', 4))[4]).toBe('GoneBefore');
  });

  it('is one of the fleet', () => {
    expect(() => beginTarget(aFleet(9, keep(6)), 9)).toThrow(RangeError);
  });
});

describe('a fleet deployment', () => {
  it('succeeds when the minimum does', () => {
    const fleet = run(aFleet(3, keep(1)), 'Succeeded', 'Failed', 'Succeeded');

    expect(verdictOf(fleet)).toEqual({ status: 'Succeeded' });
  });

  it('succeeds one at a time though the last target fails', () => {
    const fleet = run(aFleet(3, ONE_AT_A_TIME), 'Succeeded', 'Succeeded', 'Failed');

    expect(verdictOf(fleet)).toEqual({ status: 'Succeeded' });
  });

  it('fails one at a time with any failure before the last, and leaves the rest alone', () => {
    const fleet = run(aFleet(4, ONE_AT_A_TIME), 'Succeeded', 'Failed');

    expect(verdictOf(fleet)).toEqual({
      status: 'Failed',
      errorInformation: {
        code: 'HEALTH_CONSTRAINTS',
        message:
          'Too few targets are healthy to go on, as 1 may be down: 1 of 4 targets failed, 1 succeeded, 2 were skipped',
      },
    });
    expect(overview(fleet)).toMatchObject({ Succeeded: 1, Failed: 1, Skipped: 2 });
  });

  it('lets those in progress finish after it was lost', () => {
    const lost = finish(begin(aFleet(10, keep(7)), 0, 1, 2), 'Failed', 0, 1);
    const further = finish(lost, 'Failed', 2);

    expect(verdictOf(lost)).toBeUndefined();
    expect(statesOf(further).filter((state) => state === 'Skipped')).toHaveLength(7);
    expect(verdictOf(further)).toMatchObject({ status: 'Failed' });
  });

  it('bears a second failure on the very last of ten when eight must be healthy', () => {
    const eight = Array.from({ length: 8 }, () => 'Succeeded' as const);

    expect(verdictOf(run(aFleet(10, keep(8)), 'Failed', ...eight, 'Failed'))).toEqual({ status: 'Succeeded' });
    expect(verdictOf(run(aFleet(10, keep(8)), 'Failed', ...eight.slice(1), 'Failed'))).toMatchObject({
      status: 'Failed',
    });
  });

  it('goes as the example in the README says', () => {
    const first = begin(finish(begin(aFleet(10, keep(8)), 0, 1), 'Succeeded', 0), 2);
    const oneFailed = finish(finish(first, 'Failed', 1), 'Gone', 3);
    const nearlyDone = [4, 5, 6, 7, 8].reduce(
      (fleet, target) => finish(begin(fleet, target), 'Succeeded', target),
      finish(oneFailed, 'Succeeded', 2),
    );

    expect([first, oneFailed, nearlyDone].map(room)).toEqual([0, 0, 1]);
    expect(verdictOf(finish(begin(nearlyDone, 9), 'Failed', 9))).toEqual({ status: 'Succeeded' });
  });

  it('needs one success, even with everything at once', () => {
    expect(verdictOf(run(aFleet(3, ALL_AT_ONCE), 'Failed', 'Failed', 'Succeeded'))).toEqual({ status: 'Succeeded' });
    expect(verdictOf(run(aFleet(3, ALL_AT_ONCE), 'Failed', 'Failed', 'Failed'))).toMatchObject({
      status: 'Failed',
      errorInformation: {
        code: 'HEALTH_CONSTRAINTS',
        message: 'No target took the revision: 3 of 3 targets failed, 0 succeeded',
      },
    });
  });

  it('bears that hosts leave, however few stay', () => {
    const fleet = run(aFleet(3, ONE_AT_A_TIME), 'Succeeded', 'Gone');

    expect(verdictOf(finish(fleet, 'Gone', 2))).toEqual({ status: 'Succeeded' });
    expect(overview(finish(fleet, 'Gone', 2))).toMatchObject({ Succeeded: 1, Skipped: 2 });
  });

  it('fails when every host leaves, for nobody took the revision', () => {
    const fleet = finish(aFleet(2, ONE_AT_A_TIME), 'Gone', 0, 1);

    expect(verdictOf(fleet)).toMatchObject({ status: 'Failed', errorInformation: { code: 'HEALTH_CONSTRAINTS' } });
  });

  it('stops when host after host leaves as it is deployed to', () => {
    const fleet = run(aFleet(9, ONE_AT_A_TIME), 'Gone', 'Gone');

    expect(fleet.ending).toEqual({ kind: 'TooManyGone' });
    expect(verdictOf(fleet)).toMatchObject({
      errorInformation: { message: expect.stringContaining('Too many hosts left') },
    });
  });

  it('blames the agents when none came for its work', () => {
    const fleet = run(aFleet(4, keep(2)), 'Unreachable', 'Unreachable');

    expect(verdictOf(fleet)).toMatchObject({ status: 'Failed', errorInformation: { code: 'AGENT_ISSUE' } });
    expect(overview(fleet)).toMatchObject({ Failed: 2, Skipped: 2 });
  });

  it('blames the health when some agent did', () => {
    const fleet = run(aFleet(4, keep(2)), 'Unreachable', 'Failed');

    expect(verdictOf(fleet)).toMatchObject({ errorInformation: { code: 'HEALTH_CONSTRAINTS' } });
  });
});

describe('a fleet deployment that is ended from outside', () => {
  const busy = begin(aFleet(9, keep(6)), 0, 1);

  it('begins nothing more and is over when the last target in progress is', () => {
    const stopped = endFleet(busy, stoppedByRequest()) as FleetProgress;

    expect(beginTarget(stopped, 2)).toEqual({ kind: 'over' });
    expect(verdictOf(stopped)).toBeUndefined();
    expect(verdictOf(finish(stopped, 'Succeeded', 0, 1))).toMatchObject({
      status: 'Stopped',
      errorInformation: { code: 'MANUAL_STOP' },
    });
  });

  it('is over at once when nothing is in progress', () => {
    const stopped = endFleet(aFleet(9, keep(6)), stoppedByAlarms(['cpu', 'errors'])) as FleetProgress;

    expect(verdictOf(stopped)).toEqual({
      status: 'Stopped',
      errorInformation: {
        code: 'ALARM_ACTIVE',
        message: 'Stopped because of alarms in the state ALARM: <cpu>, <errors>',
      },
    });
  });

  it('stays stopped when targets fail of it', () => {
    const stopped = endFleet(busy, stoppedByRequest()) as FleetProgress;

    expect(verdictOf(finish(stopped, 'Failed', 0, 1))).toMatchObject({ status: 'Stopped' });
  });

  it('stays failed when it was lost before', () => {
    const lost = finish(begin(aFleet(9, keep(7)), 0, 1), 'Failed', 0, 1);

    expect(endFleet(lost, stoppedByRequest())).toBe('unchanged');
  });

  it('has nothing to end when it is over', () => {
    expect(endFleet(run(aFleet(1, ALL_AT_ONCE), 'Succeeded'), stoppedByRequest())).toBe('unchanged');
  });

  it.each([
    [timedOut(12), 'Failed', 'TIMEOUT'],
    [stoppedWithoutAlarms('AccessDenied', true), 'Stopped', 'IAM_ROLE_PERMISSIONS'],
    [stoppedWithoutAlarms('no such alarm', false), 'Stopped', 'INTERNAL_ERROR'],
    [brokenBy({ code: 'REVISION_MISSING', message: 'gone' }), 'Failed', 'REVISION_MISSING'],
  ])('by %o is %s with %s', (ending, status, code) => {
    const ended = endFleet(aFleet(9, keep(6)), ending) as FleetProgress;

    expect(verdictOf(ended)).toMatchObject({ status, errorInformation: { code } });
  });
});
