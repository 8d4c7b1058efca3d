import { expect, it } from 'vitest';

import { TokenBucket } from '../../../rehearsal/throttles/token-bucket.ts';

const aBucket = (rate: { bucket: number; refillPerSecond: number }) => {
  const time = { now: 0 };
  return { time, bucket: new TokenBucket(rate, () => time.now) };
};

it('a bucket gives what it holds at once, then what flows in', () => {
  const { time, bucket } = aBucket({ bucket: 2, refillPerSecond: 4 });
  bucket.take();
  bucket.take();

  expect(bucket.isOpen).toBe(false);
  time.now = 250;
  expect(bucket.isOpen).toBe(true);
});

it('a bucket never holds more than fits', () => {
  const { time, bucket } = aBucket({ bucket: 2, refillPerSecond: 4 });
  time.now = 60_000;
  bucket.take(2);

  expect(bucket.isOpen).toBe(false);
});

it('what was taken in debt keeps a bucket closed until it is paid', () => {
  const { time, bucket } = aBucket({ bucket: 10, refillPerSecond: 10 });
  bucket.take(25);

  time.now = 1500;
  expect(bucket.isOpen).toBe(false);
  time.now = 1600;
  expect(bucket.isOpen).toBe(true);
});

it('whoever reserves is told how long to wait, one after the other', () => {
  const { bucket } = aBucket({ bucket: 1, refillPerSecond: 2 });

  expect([bucket.reserve(), bucket.reserve(), bucket.reserve()]).toEqual([0, 500, 1000]);
});
