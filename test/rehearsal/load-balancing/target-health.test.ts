import { describe, expect, it } from 'vitest';
import {
  CHECKING,
  HEALTHY,
  judge,
  matches,
  NOT_IN_USE,
  type CheckResult,
  type TargetHealth,
} from '../../../rehearsal/load-balancing/targets/target-health.ts';

const good: CheckResult = { passed: true };
const bad: CheckResult = { passed: false, reason: 'Target.Timeout', description: 'Request timed out' };
const after = (start: TargetHealth, ...results: CheckResult[]): TargetHealth =>
  results.reduce((health, result) => judge(health, result, { healthyThreshold: 3, unhealthyThreshold: 2 }), start);
const unhealthy = after(HEALTHY, bad, bad);

describe('The health of a target', () => {
  it.each<[string, TargetHealth, CheckResult[], string]>([
    ['a new one needs one good check', CHECKING, [good], 'healthy'],
    ['a new one survives one bad check', CHECKING, [bad], 'initial'],
    ['a new one fails at the threshold', CHECKING, [bad, bad], 'unhealthy'],
    ['a healthy one survives one bad check', HEALTHY, [bad, good, bad], 'healthy'],
    ['a healthy one fails at the threshold', HEALTHY, [bad, bad], 'unhealthy'],
    ['an unhealthy one has to prove itself', unhealthy, [good, good], 'unhealthy'],
    ['an unhealthy one recovers at the threshold', unhealthy, [good, good, good], 'healthy'],
    ['an unhealthy one starts over after a bad check', unhealthy, [good, good, bad, good], 'unhealthy'],
    ['one that is not checked stays as it is', NOT_IN_USE, [good], 'unused'],
  ])('%s', (_, start, results, expected) => {
    expect(after(start, ...results).state).toBe(expected);
  });

  it('gives the reason of the last failure', () => {
    expect(unhealthy).toMatchObject({ reason: 'Target.Timeout', description: 'Request timed out' });
  });

  it.each([
    ['200', 200, true],
    ['200', 204, false],
    ['200,302', 302, true],
    ['200-299', 204, true],
    ['200-299', 300, false],
  ])('a matcher %s takes %i: %s', (matcher, status, expected) => {
    expect(matches(matcher, status)).toBe(expected);
  });
});
