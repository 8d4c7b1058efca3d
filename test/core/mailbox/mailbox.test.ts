import { describe, expect, it } from 'vitest';

import type { HostCommandIdentifier } from '../../../core/host-command-identifier.ts';
import { acknowledge, commandStatus } from '../../../core/mailbox/acknowledge.ts';
import { complete, type Report } from '../../../core/mailbox/complete.ts';
import { handedOutCommand, handOut, remainingEvents } from '../../../core/mailbox/hand-out.ts';
import { currentEvent, type Leg, legOutcome, lifecycleEventsOf } from '../../../core/mailbox/leg.ts';
import { noteProgress } from '../../../core/mailbox/note-progress.ts';
import { silenceOf } from '../../../core/mailbox/silence.ts';
import { aLeg } from '../../lambdas/doubles/builders.ts';

const NOON = Date.parse('2026-05-04T12:00:00.000Z');
const MINUTE = 60_000;
const HOST = 'arn:aws:ec2:us-east-1:111122223333:instance/i-0abc';

const changed = (leg: Leg | 'unchanged'): Leg => {
  if (leg === 'unchanged') throw new Error('the leg did not change');
  return leg;
};
const handedOut = (leg: Leg = aLeg(), agent: 'slipway' | 'aws' = 'slipway') => changed(handOut(leg, agent, NOON));
const commandIn = (leg: Leg): HostCommandIdentifier => {
  const command = handedOutCommand(leg, HOST);
  if (!command) throw new Error('nothing is handed out');
  return command;
};
const aReport = (changes: Partial<Report> = {}): Report => ({
  status: 'Succeeded',
  diagnostics: { errorCode: 'Success', scriptName: '', message: 'Succeeded: ', logTail: '' },
  noopEvents: [],
  ...changes,
});
const failure = aReport({
  status: 'Failed',
  diagnostics: { errorCode: 'ScriptFailed', scriptName: 'stop.sh', message: 'exit code 1', logTail: 'oh' },
});
const completed = (leg: Leg, report = aReport()) => changed(complete(leg, commandIn(leg), report, NOON + MINUTE));

describe('handing out a command', () => {
  it('names the first event of the leg and those that follow', () => {
    const leg = handedOut();

    expect(commandIn(leg)).toMatchObject({ commandName: 'ApplicationStop', index: 0, attempt: 1 });
    expect(remainingEvents(leg)).toEqual(['DownloadBundle', 'BeforeInstall', 'Install']);
  });

  it('counts every change', () => {
    expect(handedOut().version).toBe(aLeg().version + 1);
  });

  it('gives our agent its command again when it asks again: the first answer was lost', () => {
    const again = changed(handOut(handedOut(), 'slipway', NOON + MINUTE));

    expect(commandIn(again)).toMatchObject({ commandName: 'ApplicationStop', attempt: 2 });
    expect(again.handedOut?.startedAtMs).toBe(NOON);
  });

  it('gives AWS’s agent a command again only when a minute passed without acknowledgement', () => {
    const leg = handedOut(aLeg(), 'aws');

    expect(handOut(leg, 'aws', NOON + MINUTE - 1)).toBe('unchanged');
    expect(handOut(leg, 'aws', NOON + MINUTE)).toMatchObject({ handedOut: { attempt: 2 } });
  });

  it('never gives AWS’s agent a command that it acknowledged, for it would run it twice', () => {
    const leg = handedOut(aLeg(), 'aws');
    const acknowledged = changed(acknowledge(leg, commandIn(leg)).leg);

    expect(handOut(acknowledged, 'aws', NOON + 1000 * MINUTE)).toBe('unchanged');
  });

  it('has nothing to give once the leg is over', () => {
    const over = completed(handedOut(), failure);

    expect(handOut(over, 'slipway', NOON)).toBe('unchanged');
    expect(handedOutCommand(over, HOST)).toBeUndefined();
  });
});

describe('acknowledging a command', () => {
  it('tells the host to run it, however often it asks', () => {
    const leg = handedOut(aLeg(), 'aws');
    const first = acknowledge(leg, commandIn(leg));
    const again = acknowledge(changed(first.leg), commandIn(leg));

    expect(first.status).toBe('InProgress');
    expect(again).toEqual({ leg: 'unchanged', status: 'InProgress' });
  });

  it('tells the host to drop a second copy of what it runs', () => {
    const leg = handedOut(aLeg(), 'aws');
    const copy = { ...commandIn(leg), attempt: 2 };
    const acknowledged = changed(acknowledge(leg, commandIn(leg)).leg);

    expect(acknowledge(acknowledged, copy)).toEqual({ leg: 'unchanged', status: 'Succeeded' });
  });

  it('tells the host that withdrawn work has failed', () => {
    const command = commandIn(handedOut());

    expect(acknowledge(undefined, command).status).toBe('Failed');
    expect(acknowledge(aLeg({ deploymentId: 'd-OTHER0000' }), command).status).toBe('Failed');
  });
});

describe('completing a command', () => {
  it('moves the cursor to the next event', () => {
    const leg = completed(handedOut());

    expect(currentEvent(leg)).toBe('DownloadBundle');
    expect(legOutcome(leg)).toBeUndefined();
  });

  it('changes nothing the second time', () => {
    const leg = handedOut();
    const after = completed(leg);

    expect(complete(after, commandIn(leg), failure, NOON)).toBe('unchanged');
  });

  it('changes nothing for a leg that was withdrawn or replaced', () => {
    const command = commandIn(handedOut());

    expect(complete(undefined, command, aReport(), NOON)).toBe('unchanged');
    expect(complete(aLeg({ deploymentId: 'd-OTHER0000' }), command, aReport(), NOON)).toBe('unchanged');
    expect(complete(aLeg({ legNumber: 2 }), command, aReport(), NOON)).toBe('unchanged');
  });

  it('counts without acknowledgement, and from an earlier attempt: the host has done the work', () => {
    const first = commandIn(handedOut(aLeg(), 'aws'));
    const second = changed(handOut(handedOut(aLeg(), 'aws'), 'aws', NOON + 2 * MINUTE));

    expect(complete(second, first, aReport(), NOON)).toMatchObject({ results: [{ status: 'Succeeded' }] });
  });

  it('records events without a script together with the one before', () => {
    const leg = completed(handedOut(), aReport({ noopEvents: ['DownloadBundle', 'BeforeInstall'] }));

    expect(currentEvent(leg)).toBe('Install');
    expect(lifecycleEventsOf(leg)[2]).toMatchObject({ status: 'Succeeded', diagnostics: { message: 'no script' } });
  });

  it('does not take events for no-ops beyond one that must run', () => {
    const leg = completed(handedOut(), aReport({ noopEvents: ['BeforeInstall', 'Install'] }));

    expect(currentEvent(leg)).toBe('DownloadBundle');
  });

  it('ends the leg at the first failure', () => {
    const leg = completed(handedOut(), aReport({ ...failure, noopEvents: ['DownloadBundle'] }));

    expect(legOutcome(leg)).toBe('Failed');
    expect(lifecycleEventsOf(leg).map(({ status }) => status)).toEqual(['Failed', 'Skipped', 'Skipped', 'Skipped']);
  });

  it('goes on after a failure that the deployment group tolerates', () => {
    const leg = completed(handedOut(aLeg({ toleratedFailures: ['ApplicationStop'] })), failure);

    expect(legOutcome(leg)).toBeUndefined();
    expect(currentEvent(leg)).toBe('DownloadBundle');
  });

  it('ends the leg after its last event', () => {
    const leg = completed(handedOut(), aReport({ noopEvents: ['DownloadBundle', 'BeforeInstall', 'Install'] }));

    expect(legOutcome(leg)).toBe('Succeeded');
    expect(currentEvent(leg)).toBeUndefined();
  });
});

describe('the state of a command', () => {
  it('follows its leg', () => {
    const leg = handedOut();
    const command = commandIn(leg);

    expect(commandStatus(leg, command)).toBe('InProgress');
    expect(commandStatus(completed(leg), command)).toBe('Succeeded');
    expect(commandStatus(completed(leg, failure), command)).toBe('Failed');
    expect(commandStatus(undefined, command)).toBe('Failed');
  });
});

describe('the record of a leg', () => {
  it('has times and the host’s words, and marks what was under way', () => {
    const leg = handedOut(completed(handedOut(), aReport({ diagnostics: failure.diagnostics })));

    expect(lifecycleEventsOf(leg)).toEqual([
      {
        lifecycleEventName: 'ApplicationStop',
        status: 'Succeeded',
        startTime: '2026-05-04T12:00:00.000Z',
        endTime: '2026-05-04T12:01:00.000Z',
        diagnostics: failure.diagnostics,
      },
      { lifecycleEventName: 'DownloadBundle', status: 'Unknown', startTime: '2026-05-04T12:00:00.000Z' },
      { lifecycleEventName: 'BeforeInstall', status: 'Skipped' },
      { lifecycleEventName: 'Install', status: 'Skipped' },
    ]);
  });
});

describe('progress', () => {
  it('is noted of the current command, and not more often than every fifty seconds', () => {
    const leg = changed(noteProgress(handedOut(), commandIn(handedOut()), NOON + MINUTE));

    expect(leg).toMatchObject({ version: handedOut().version + 1, handedOut: { heardAtMs: NOON + MINUTE } });
    expect(noteProgress(leg, commandIn(leg), NOON + 1.5 * MINUTE)).toBe('unchanged');
    expect(noteProgress(leg, commandIn(leg), NOON + 2 * MINUTE)).toMatchObject({
      handedOut: { heardAtMs: NOON + 2 * MINUTE },
    });
  });

  it('of a command that is over or withdrawn changes nothing', () => {
    const command = commandIn(handedOut());

    expect(noteProgress(completed(handedOut()), command, NOON)).toBe('unchanged');
    expect(noteProgress(undefined, command, NOON)).toBe('unchanged');
  });
});

describe('a silent host', () => {
  it('is one that does not ask for its command within five minutes', () => {
    expect(silenceOf(aLeg())).toMatchObject({
      fromMs: NOON + 5 * MINUTE,
      reason: expect.stringContaining('has not asked for ApplicationStop within 5 minutes') as string,
    });
  });

  it('is one that does not ask within what its group allows', () => {
    expect(silenceOf(aLeg({ silenceLimitSeconds: 90 }))).toMatchObject({
      fromMs: NOON + 1.5 * MINUTE,
      reason: expect.stringContaining('within 90 seconds') as string,
    });
  });

  it('is one that was given a command, and then said nothing for six minutes', () => {
    expect(silenceOf(handedOut())).toMatchObject({
      fromMs: NOON + 6 * MINUTE,
      reason: expect.stringContaining('was at ApplicationStop and has said nothing for 6 minutes') as string,
    });
  });

  it('has six more minutes from each time that it tells its progress, and seventy in all', () => {
    const early = changed(noteProgress(handedOut(), commandIn(handedOut()), NOON + MINUTE));
    const late = changed(noteProgress(early, commandIn(early), NOON + 69 * MINUTE));

    expect(silenceOf(early)?.fromMs).toBe(NOON + 7 * MINUTE);
    expect(silenceOf(late)).toMatchObject({
      fromMs: NOON + 70 * MINUTE,
      reason: expect.stringContaining('has not reported ApplicationStop within 70 minutes') as string,
    });
  });

  it('is, where AWS’s agent has not asked again, one that reports nothing within seventy minutes', () => {
    const leg = changed(handOut(aLeg(), 'aws', NOON));

    expect(silenceOf(leg)?.fromMs).toBe(NOON + 70 * MINUTE);
  });

  it('is none whose leg is over', () => {
    expect(silenceOf(completed(handedOut(), failure))).toBeUndefined();
  });
});
