import { describe, expect, it } from 'vitest';

import { firstHeartbeatInSeconds } from '../../core/heartbeat-pace.ts';
import {
  deadlineMs,
  endsTheInstance,
  entersWarmPool,
  leavesWarmPool,
  safeResult,
} from '../../core/lifecycle-action.ts';
import { pollAfterSeconds } from '../../core/poll-pace.ts';
import { aLaunch, aTermination } from '../lambdas/doubles/builders.ts';

const HOUR = 3600;

describe('a lifecycle action', () => {
  it.each([
    { heartbeatTimeoutSeconds: 30, hours: 3000 / HOUR },
    { heartbeatTimeoutSeconds: 900, hours: 25 },
    { heartbeatTimeoutSeconds: 3600, hours: 48 },
    { heartbeatTimeoutSeconds: 7200, hours: 48 },
  ])(
    'with a heartbeat timeout of $heartbeatTimeoutSeconds s ends after $hours h',
    ({ heartbeatTimeoutSeconds, hours }) => {
      const deadline = deadlineMs({ noticedAt: '2026-05-04T12:00:00.000Z', heartbeatTimeoutSeconds });

      expect(deadline).toBe(Date.parse('2026-05-04T12:00:00.000Z') + hours * HOUR * 1000);
    },
  );

  it('has no known deadline when nobody knows when it began', () => {
    expect(deadlineMs({ heartbeatTimeoutSeconds: 900 })).toBeUndefined();
  });

  it('does least harm when a launch is abandoned and a termination continues', () => {
    expect(safeResult(aLaunch())).toBe('ABANDON');
    expect(safeResult(aTermination())).toBe('CONTINUE');
  });

  it('ends the instance when it leaves, unless it goes to the warm pool or only changes its root volume', () => {
    expect(endsTheInstance(aLaunch())).toBe(false);
    expect(endsTheInstance(aTermination())).toBe(true);
    expect(endsTheInstance(aTermination({ destination: 'WarmPool' }))).toBe(false);
    expect(endsTheInstance(aTermination({ replacesRootVolume: true }))).toBe(false);
  });
});

describe('the way of an instance', () => {
  it.each([
    { origin: 'EC2', destination: 'WarmPool', enters: true, leaves: false },
    { origin: 'WarmPool', destination: 'AutoScalingGroup', enters: false, leaves: true },
    { origin: 'EC2', destination: 'AutoScalingGroup', enters: false, leaves: false },
    { enters: false, leaves: false },
  ])('from $origin to $destination is into the warm pool: $enters, out of it: $leaves', (way) => {
    const { enters, leaves, ...action } = way;

    expect([entersWarmPool(action), leavesWarmPool(action)]).toEqual([enters, leaves]);
  });
});

describe('the first heartbeat', () => {
  it('goes out between four and five minutes after the notification, at a moment of each deployment’s own', () => {
    const seconds = Array.from({ length: 500 }, (_, index) => firstHeartbeatInSeconds(`d-${index}`, 0));

    expect(Math.min(...seconds)).toBeGreaterThan(240);
    expect(Math.max(...seconds)).toBeLessThan(300);
    expect(new Set(seconds).size).toBeGreaterThan(40);
  });

  it('makes up for the time that the notification waited', () => {
    expect(firstHeartbeatInSeconds('d-1', 0) - firstHeartbeatInSeconds('d-1', 100)).toBe(100);
  });

  it('goes out within a minute when it is overdue, not all at once', () => {
    const seconds = Array.from({ length: 500 }, (_, index) => firstHeartbeatInSeconds(`d-${index}`, 12 * 60));

    expect(Math.min(...seconds)).toBeGreaterThan(0);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(60);
    expect(new Set(seconds).size).toBeGreaterThan(40);
  });

  it('does not wait longer because a clock runs behind', () => {
    expect(firstHeartbeatInSeconds('d-1', -60)).toBe(firstHeartbeatInSeconds('d-1', 0));
  });
});

describe('the pace of polls', () => {
  it.each([
    { hasLeg: true, hasInstallation: true, pace: 2, who: 'a host at work' },
    { hasLeg: false, hasInstallation: false, uptimeSeconds: 60, pace: 2, who: 'a young host that awaits its launch' },
    { hasLeg: false, hasInstallation: true, uptimeSeconds: 60, pace: 15, who: 'a young host that had it' },
    { hasLeg: false, hasInstallation: false, uptimeSeconds: 1000, pace: 15, who: 'an old host' },
    { hasLeg: false, hasInstallation: false, pace: 15, who: 'a host of unknown age' },
  ])('is $pace s for $who', ({ pace, who, ...host }) => {
    expect(who).toBeTruthy();
    expect(pollAfterSeconds(host)).toBe(pace);
  });
});
