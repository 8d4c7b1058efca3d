import { expect, it } from 'vitest';
import type { Retrier } from '../../../../rehearsal/states/language/definition.ts';
import { StatesError } from '../../../../rehearsal/states/language/states-error.ts';
import { Retries } from '../../../../rehearsal/states/run/retries.ts';

const retrier = (fields: Partial<Retrier> = {}): Retrier => ({
  errorEquals: ['States.ALL'],
  intervalSeconds: 1,
  maxAttempts: 3,
  backoffRate: 2,
  maxDelaySeconds: Infinity,
  jitterStrategy: 'NONE',
  ...fields,
});

const delays = (retries: Retries, errors: string[]): (number | undefined)[] =>
  errors.map((error) => retries.delayAfter(new StatesError(error)));

it('waits longer each time, until the attempts are used up', () => {
  expect(delays(new Retries([retrier()]), ['A', 'B', 'C', 'D'])).toEqual([1000, 2000, 4000, undefined]);
});

it('never waits longer than MaxDelaySeconds', () => {
  const retries = new Retries([retrier({ intervalSeconds: 10, backoffRate: 3, maxDelaySeconds: 20 })]);

  expect(delays(retries, ['A', 'B'])).toEqual([10_000, 20_000]);
});

it('draws the delay between nothing and the whole with full jitter', () => {
  const retries = new Retries([retrier({ intervalSeconds: 8, jitterStrategy: 'FULL' })], () => 0.25);

  expect(delays(retries, ['A', 'A'])).toEqual([2000, 4000]);
});

it('counts each retrier for itself', () => {
  const retries = new Retries([retrier({ errorEquals: ['A'], maxAttempts: 1 }), retrier({ maxAttempts: 1 })]);

  expect(delays(retries, ['A', 'B', 'A', 'B'])).toEqual([1000, 1000, undefined, undefined]);
});

it('never retries with MaxAttempts 0, nor a runtime error', () => {
  expect(delays(new Retries([retrier({ maxAttempts: 0 })]), ['A'])).toEqual([undefined]);
  expect(delays(new Retries([retrier({ errorEquals: ['States.Runtime'] })]), ['States.Runtime'])).toEqual([undefined]);
});
