import { describe, expect, it } from 'vitest';

import { planFor, planOf, withSkippedEvents } from '../../../core/plan.ts';
import { judgeAllow, judgeBlock, toDeregister, toRegister } from '../../../core/traffic/judge.ts';
import { pauseWhileChecking, pauseWhileDraining } from '../../../core/traffic/pace.ts';
import type { RegistrationState, SeenRegistration } from '../../../core/traffic/registration.ts';
import { decideTraffic } from '../../../core/traffic/traffic-control.ts';
import { aLaunch, anInPlaceRequest, aTarget } from '../../lambdas/doubles/builders.ts';

const trafficControl = { targetGroupNames: ['web-targets'] };
const inPlace = aTarget({ request: anInPlaceRequest(), trafficControl });

describe('the plan of a deployment behind a load balancer', () => {
  it('has CodeDeploy’s events in their order, with the engine between legs', () => {
    const plan = planOf(inPlace);

    expect(plan.map(({ kind }) => kind)).toEqual(['RunEvents', 'MoveTraffic', 'RunEvents', 'MoveTraffic', 'RunEvents']);
    expect(plan.flatMap<string>(({ events }) => events)).toEqual([
      ...['BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic'],
      ...['ApplicationStop', 'DownloadBundle', 'BeforeInstall', 'Install', 'AfterInstall'],
      ...['ApplicationStart', 'ValidateService', 'BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic'],
    ]);
  });

  it('is that of a launch as ever, for Auto Scaling moves its traffic', () => {
    expect(planOf(aTarget({ request: aLaunch(), trafficControl }))).toEqual(planFor('launch'));
  });

  it('lists what was never reached as skipped', () => {
    const events = withSkippedEvents(planOf(inPlace), [{ lifecycleEventName: 'BeforeBlockTraffic', status: 'Failed' }]);

    expect(events).toHaveLength(13);
    expect(events.slice(1).every(({ status }) => status === 'Skipped')).toBe(true);
  });
});

describe('what a group says about traffic', () => {
  const targetGroupInfoList = [{ name: 'web-targets' }];

  it.each([
    ['leaves it where nothing is said', {}, { kind: 'leave' }],
    [
      'leaves it without traffic control, whatever is listed',
      { deploymentOption: 'WITHOUT_TRAFFIC_CONTROL', loadBalancerInfo: { targetGroupInfoList } },
      { kind: 'leave' },
    ],
    [
      'names target groups',
      { deploymentOption: 'WITH_TRAFFIC_CONTROL', loadBalancerInfo: { targetGroupInfoList } },
      { kind: 'control', trafficControl },
    ],
    [
      'cannot be followed for Classic load balancers',
      { deploymentOption: 'WITH_TRAFFIC_CONTROL', loadBalancerInfo: { elbInfoList: [{ name: 'old' }] } },
      { kind: 'impossible', reason: expect.stringContaining('Classic load balancers (old)') as string },
    ],
    [
      'cannot be followed without any name',
      { deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      { kind: 'impossible', reason: expect.stringContaining('names no target group') as string },
    ],
  ] as const)('%s', (_, settings, decision) => {
    expect(decideTraffic(settings)).toEqual(decision);
  });
});

const seen = (...states: RegistrationState[]): SeenRegistration[] =>
  states.map((state, index) => ({ targetGroupArn: 'arn', targetGroupName: 'web', port: 8080 + index, state }));

describe('a look at the load balancer', () => {
  it.each<[RegistrationState[], string]>([
    [['absent', 'absent'], 'done'],
    [['absent', 'draining'], 'underWay'],
    [['healthy'], 'underWay'],
    [[], 'done'],
  ])('blocks traffic by %j: %s', (states, kind) => {
    expect(judgeBlock(seen(...states)).kind).toBe(kind);
  });

  it.each<[RegistrationState[], string]>([
    [['healthy', 'healthy'], 'done'],
    [['healthy', 'initial'], 'underWay'],
    [['unhealthy'], 'underWay'],
    [['unused'], 'failed'],
  ])('allows traffic by %j: %s', (states, kind) => {
    expect(judgeAllow(seen(...states)).kind).toBe(kind);
  });

  it('waits for no health where no listener forwards to the target group', () => {
    expect(judgeAllow(seen('unused').map((each) => ({ ...each, isIdle: true })))).toEqual({ kind: 'done' });
  });

  it('asks for nothing a second time', () => {
    expect(toDeregister(seen('draining', 'absent', 'healthy')).map(({ port }) => port)).toEqual([8082]);
    expect(toRegister(seen('initial', 'unhealthy', 'absent')).map(({ port }) => port)).toEqual([8082]);
  });
});

describe('the pace of looks', () => {
  /** Each look takes a while itself. */
  const LOOK_SECONDS = 0.3;

  /** The pauses until a load balancer has the answer, and how late that is noticed. */
  function pausesUntil(answeredAtSeconds: number, pause: (elapsedSeconds: number) => number) {
    const pauses: number[] = [];
    let elapsed = LOOK_SECONDS;
    while (elapsed < answeredAtSeconds) {
      pauses.push(pause(elapsed));
      elapsed += (pauses.at(-1) ?? 0) + LOOK_SECONDS;
    }
    return { pauses, lateSeconds: elapsed - answeredAtSeconds };
  }
  const drain = (delaySeconds: number, answeredAtSeconds = delaySeconds + 2 * LOOK_SECONDS) =>
    pausesUntil(answeredAtSeconds, (elapsed) => pauseWhileDraining(elapsed, delaySeconds));
  const check = (answeredAtSeconds: number, checkSeconds = 30) =>
    pausesUntil(answeredAtSeconds, (elapsed) => pauseWhileChecking(elapsed, checkSeconds));

  it.each([
    [300, [150, 150]],
    [120, [60, 60]],
    [30, [30]],
    [5, [5]],
    [0, [1]],
  ])('leads up to the end of a drain of %i s in few pauses', (delaySeconds, pauses) => {
    const drained = drain(delaySeconds);

    expect(drained.pauses).toEqual(pauses);
    expect(drained.lateSeconds).toBeLessThanOrEqual(1);
  });

  it('asks a load balancer that is late at once, and then ever more seldom', () => {
    expect(drain(30, 60).pauses).toEqual([30, 1, 2, 5, 10, 30]);
    expect(drain(30, 600).pauses.at(-1)).toBe(30);
  });

  it('sees at once the health of a host that is checked at once', () => {
    expect(check(1.2)).toEqual({ pauses: [1], lateSeconds: expect.closeTo(0.4) as number });
  });

  it('follows health checks of AWS’s default: three pauses for one interval, six for five', () => {
    expect(check(30).pauses).toEqual([1, 10, 20]);
    expect(check(150).pauses).toEqual([1, 10, 20, 30, 60, 60]);
  });

  it.each([5, 10, 30, 60])('is never more than two intervals late with checks every %i s', (checkSeconds) => {
    for (let interval = 0; interval <= 10; interval += 0.1) {
      expect(check(interval * checkSeconds, checkSeconds).lateSeconds).toBeLessThanOrEqual(
        2 * checkSeconds + LOOK_SECONDS,
      );
    }
  });

  it('slows down for a host that does not recover', () => {
    expect(pauseWhileChecking(1800, 30)).toBe(150);
  });
});
