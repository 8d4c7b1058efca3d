import { describe, expect, it } from 'vitest';
import { ActionRunner } from '../../../rehearsal/auto-scaling/group/action-runner.ts';
import { extendAction, startAction } from '../../../rehearsal/auto-scaling/lifecycle/lifecycle-action.ts';
import { Timers } from '../../../rehearsal/ec2/timers.ts';
import { Journal } from '../../../rehearsal/journal.ts';
import { aHook, LAUNCH } from './lifecycle/members.ts';
import { ManualClock } from './manual-clock.ts';

function aRunner() {
  const clock = new ManualClock();
  const ends: string[] = [];
  const around = {
    ground: { accountId: '123456789012', journal: new Journal(() => clock.now()), emit: () => undefined },
    timers: new Timers(clock),
    notifier: { send: () => Promise.resolve() },
  };
  const runner = new ActionRunner({ name: 'web', arn: 'arn' }, around, (instanceId, token, result, cause) => {
    ends.push(`${instanceId} ${token} ${result} ${cause} at ${clock.now() / 1000}`);
  });
  return { clock, ends, runner };
}

describe('The timeout of a running action', () => {
  it('lets the default result take effect', () => {
    const { clock, ends, runner } = aRunner();
    runner.start('i-0a', [
      startAction(aHook({ heartbeatTimeoutSeconds: 30, defaultResult: 'CONTINUE' }), LAUNCH, 't1', 0),
    ]);

    clock.advance(100_000);

    expect(ends).toEqual(['i-0a t1 CONTINUE HeartbeatTimeout at 30']);
  });

  it('is put off by heartbeats, but not beyond the global timeout', () => {
    const { clock, ends, runner } = aRunner();
    let action = startAction(aHook({ heartbeatTimeoutSeconds: 30 }), LAUNCH, 't1', 0);
    runner.start('i-0a', [action]);

    for (let beat = 0; beat < 200 && ends.length === 0; beat += 1) {
      clock.advance(20_000);
      action = extendAction(action, clock.now());
      if (ends.length === 0) runner.heartbeat('i-0a', action);
    }

    expect(ends).toEqual(['i-0a t1 ABANDON HeartbeatTimeout at 3000']);
  });

  it('does not strike after the end', () => {
    const { clock, ends, runner } = aRunner();
    const action = startAction(aHook(), LAUNCH, 't1', 0);
    runner.start('i-0a', [action]);
    runner.end('i-0a', action, 'CONTINUE', 'CompleteLifecycleAction');

    clock.advance(10_000_000);

    expect(ends).toEqual([]);
  });
});
