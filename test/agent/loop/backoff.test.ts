import { expect, it } from 'vitest';
import { backoffMs } from '../../../agent/loop/backoff.ts';

const limits = { firstMs: 1000, longestMs: 90_000 };

it('grows 1.7-fold with each failure, up to a limit', () => {
  expect([1, 2, 3, 9, 10, 1000].map((failures) => Math.round(backoffMs(failures, limits, 0)))).toEqual([
    1000, 1700, 2890, 69_758, 90_000, 90_000,
  ]);
});

it('is shortened at random by up to a quarter', () => {
  expect(backoffMs(1, limits, 1)).toBe(750);
});
