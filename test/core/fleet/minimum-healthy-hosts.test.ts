import { expect, it } from 'vitest';
import { targetsThatMayBeDown, targetsToKeepHealthy } from '../../../core/fleet/minimum-healthy-hosts.ts';
import { ALL_AT_ONCE, HALF_AT_A_TIME, keep, ONE_AT_A_TIME, percent } from './a-fleet.ts';

it.each([
  [9, keep(6), 6, 3],
  [9, percent(40), 4, 5],
  [9, HALF_AT_A_TIME, 5, 4],
  [9, ALL_AT_ONCE, 0, 9],
  [9, ONE_AT_A_TIME, 8, 1],
  [10, keep(8), 8, 2],
  [10, percent(95), 10, 0],
  [1, ONE_AT_A_TIME, 0, 1],
  [1, keep(1), 1, 0],
  [1, HALF_AT_A_TIME, 1, 0],
  [3, keep(5), 5, 0],
  [1_000, percent(99), 990, 10],
])('%i targets under %o keep %i healthy, and %i may be down', (targets, minimum, healthy, down) => {
  expect(targetsToKeepHealthy(targets, minimum)).toBe(healthy);
  expect(targetsThatMayBeDown(targets, minimum)).toBe(down);
});
