import { expect, it } from 'vitest';
import { LogQueue } from '../../../agent/log/log-queue.ts';

const MEBIBYTE = 1024 * 1024;

/** All batches, one after the other. */
function batchesOf(queue: LogQueue): string[][] {
  const batches: string[][] = [];
  while (!queue.isEmpty) batches.push(queue.take().map(({ message }) => message));
  return batches;
}

it('gives lines out in order, as many as one call may hold', () => {
  const queue = new LogQueue(8 * MEBIBYTE);

  for (let line = 0; line < 10_001; line += 1) queue.add(`line ${line}`, 0);

  expect(queue.hasFullBatch).toBe(true);
  expect(batchesOf(queue).map((batch) => [batch.length, batch[0]])).toEqual([
    [10_000, 'line 0'],
    [1, 'line 10000'],
  ]);
});

it('counts bytes, and 26 more for each line', () => {
  const queue = new LogQueue(8 * MEBIBYTE);

  for (let line = 0; line < 100; line += 1) queue.add('é'.repeat(10_000), 0);

  expect(batchesOf(queue).map((batch) => batch.length)).toEqual([52, 48]);
});

it('parts a line that is longer than one event may be', () => {
  const queue = new LogQueue(8 * MEBIBYTE);
  const line = '漢'.repeat(128 * 1024);

  queue.add(line, 0);
  const parts = batchesOf(queue).flat();

  expect(parts.join('')).toBe(line);
  expect(parts.every((part) => Buffer.byteLength(part) <= 256 * 1024)).toBe(true);
});

it('never goes back in time, even where the host’s clock does', () => {
  const queue = new LogQueue(MEBIBYTE);

  queue.add('one', 2000);
  queue.add('two', 1000);
  queue.add('three', 3000);

  expect(queue.take().map(({ timestamp }) => timestamp)).toEqual([2000, 2000, 3000]);
});

it('drops what does not fit, and says in its place how much', () => {
  const queue = new LogQueue(200);

  for (const line of ['a', 'b', 'c']) queue.add(line.repeat(70), 0);
  const first = queue.take();
  queue.add('d', 0);

  expect(first.map(({ message }) => message)).toEqual(['a'.repeat(70), 'b'.repeat(70)]);
  expect(queue.take().map(({ message }) => message)).toEqual([
    '[slipway]1 line is missing here: they came faster than they could be sent. scripts.log on the host has them.',
    'd',
  ]);
});

it('says how much is missing at the very end, too', () => {
  const queue = new LogQueue(100);

  for (const line of ['a', 'b', 'c']) queue.add(line.repeat(70), 0);

  expect(batchesOf(queue)).toEqual([
    ['a'.repeat(70)],
    [expect.stringMatching(/^\[slipway\]2 lines are missing here/) as string],
  ]);
});
