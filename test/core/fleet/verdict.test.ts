import { describe, expect, it } from 'vitest';
import {
  brokenBy,
  stoppedByAlarms,
  stoppedByRequest,
  stoppedWithoutAlarms,
  timedOut,
} from '../../../core/fleet/ending.ts';
import { overviewOf } from '../../../core/fleet/overview.ts';
import { statusOf } from '../../../core/fleet/target-state.ts';
import { type EndState, verdictOf } from '../../../core/fleet/verdict.ts';

const WORDS: Readonly<Record<string, EndState>> = {
  S: 'Succeeded',
  F: 'Failed',
  U: 'Unreachable',
  K: 'Skipped',
  B: 'GoneBefore',
  D: 'GoneDuring',
};

/** The states of targets, a letter each. */
const states = (letters: string) => [...letters].map((letter) => WORDS[letter] ?? 'Skipped');

const TOO_MANY_FAILED = { kind: 'TooManyFailed' } as const;

describe('a fleet deployment', () => {
  it.each([
    ['as many as must be', 'SFS', 2],
    ['all but the last, one at a time', 'SSF', 1],
    ['one, with everything at once', 'FFS', 3],
    ['some, though hosts left', 'SBD', 1],
    ['eight of ten, the last of which failed', 'FSSSSSSSSF', 2],
  ])('succeeds when %s did: %s with %d down', (_, letters, mayBeDown) => {
    expect(verdictOf(states(letters), mayBeDown, undefined)).toEqual({ status: 'Succeeded' });
  });

  it('fails with too many failures, and says what became of the rest', () => {
    expect(verdictOf(states('SFKK'), 1, TOO_MANY_FAILED)).toEqual({
      status: 'Failed',
      errorInformation: {
        code: 'HEALTH_CONSTRAINTS',
        message:
          'Too few targets are healthy to go on, as 1 may be down: 1 of 4 targets failed, 1 succeeded, 2 were skipped',
      },
    });
  });

  it('names the zone that has too few healthy targets, though the fleet could bear it', () => {
    expect(verdictOf(states('FFKKKK'), 6, { kind: 'TooManyFailed', zone: 'a' })).toMatchObject({
      errorInformation: { message: expect.stringContaining('healthy in a to go on') },
    });
  });

  it('needs one success, even with everything at once', () => {
    expect(verdictOf(states('FFF'), 3, undefined)).toMatchObject({
      status: 'Failed',
      errorInformation: {
        code: 'HEALTH_CONSTRAINTS',
        message: 'No target took the revision: 3 of 3 targets failed, 0 succeeded',
      },
    });
  });

  it('fails when every host leaves, for nobody took the revision', () => {
    expect(verdictOf(states('BB'), 1, undefined)).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'HEALTH_CONSTRAINTS' },
    });
  });

  it('fails when host after host left as it was deployed to', () => {
    expect(verdictOf(states('DDKKKKKKK'), 1, { kind: 'TooManyGone' })).toMatchObject({
      errorInformation: { message: expect.stringContaining('Too many hosts left') },
    });
  });

  it('blames the agents when none came for its work, and the health when some did', () => {
    const codeOf = (letters: string) => verdictOf(states(letters), 2, TOO_MANY_FAILED);

    expect(codeOf('UUKK')).toMatchObject({ status: 'Failed', errorInformation: { code: 'AGENT_ISSUE' } });
    expect(codeOf('UFKK')).toMatchObject({ errorInformation: { code: 'HEALTH_CONSTRAINTS' } });
  });

  it('shows hosts that left as skipped', () => {
    const overview = overviewOf(states('SFUKBD').map(statusOf));

    expect(overview).toEqual({ Pending: 0, InProgress: 0, Succeeded: 1, Failed: 2, Skipped: 3, Ready: 0 });
  });

  it('stays stopped when targets fail of it', () => {
    expect(verdictOf(states('FFFKK'), 3, stoppedByRequest())).toMatchObject({
      status: 'Stopped',
      errorInformation: { code: 'MANUAL_STOP' },
    });
  });

  it('names the alarms that stopped it', () => {
    expect(verdictOf(states('SK'), 1, stoppedByAlarms(['cpu', 'errors']))).toEqual({
      status: 'Stopped',
      errorInformation: {
        code: 'ALARM_ACTIVE',
        message: 'Stopped because of alarms in the state ALARM: <cpu>, <errors>',
      },
    });
  });

  it.each([
    [timedOut(12), 'Failed', 'TIMEOUT'],
    [stoppedWithoutAlarms('AccessDenied', true), 'Stopped', 'IAM_ROLE_PERMISSIONS'],
    [stoppedWithoutAlarms('no such alarm', false), 'Stopped', 'INTERNAL_ERROR'],
    [brokenBy({ code: 'REVISION_MISSING', message: 'gone' }), 'Failed', 'REVISION_MISSING'],
  ])('that is ended by %o is %s with %s', (ending, status, code) => {
    expect(verdictOf(states('SKK'), 1, ending)).toMatchObject({ status, errorInformation: { code } });
  });
});
