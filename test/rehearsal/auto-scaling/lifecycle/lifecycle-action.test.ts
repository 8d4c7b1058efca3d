import { describe, expect, it } from 'vitest';
import {
  abandonedText,
  expiresAtMs,
  extendAction,
  startAction,
  verdict,
} from '../../../../rehearsal/auto-scaling/lifecycle/lifecycle-action.ts';
import { globalTimeoutSeconds } from '../../../../rehearsal/auto-scaling/lifecycle/lifecycle-hook.ts';
import { aHook, LAUNCH } from './members.ts';

const started = startAction(aHook({ heartbeatTimeoutSeconds: 60 }), LAUNCH, 't1', 0);

describe('The timeout of a lifecycle action', () => {
  it('strikes one heartbeat timeout after the start', () => {
    expect(expiresAtMs(started)).toBe(60_000);
  });

  it('starts again with a heartbeat, adding nothing to the remainder', () => {
    const extended = extendAction(started, 30_000);

    expect(expiresAtMs(extended)).toBe(90_000);
  });

  it('is never later than the global timeout, whatever the heartbeats', () => {
    const extended = extendAction(started, 5_990_000);

    expect(expiresAtMs(extended)).toBe(6_000_000);
  });

  it.each([
    [30, 3000],
    [300, 30_000],
    [600, 60_000],
    [900, 90_000],
    [1728, 172_800],
    [3600, 172_800],
    [7200, 172_800],
  ])('with a heartbeat timeout of %i s has a ceiling of %i s', (heartbeatTimeout, globalTimeout) => {
    expect(globalTimeoutSeconds(heartbeatTimeout)).toBe(globalTimeout);
  });
});

describe('The verdict of several actions', () => {
  const done = { ...started, result: 'CONTINUE' as const };
  const abandoned = { ...started, result: 'ABANDON' as const };

  it.each([
    ['waits while one is active', [done, started], undefined],
    ['is CONTINUE when all say so', [done, done], 'CONTINUE'],
    ['is ABANDON as soon as one says so', [started, abandoned, done], 'ABANDON'],
  ])('%s', (_, actions, expected) => {
    expect(verdict(actions)).toBe(expected);
  });
});

it('words an abandoned launch as AWS does', () => {
  expect(abandonedText('t1', 'HeartbeatTimeout')).toBe(
    "Instance failed to complete user's Lifecycle Action: Lifecycle Action with token t1 was abandoned: Heartbeat Timeout",
  );
});
