import { expect, it } from 'vitest';
import { LineSplitter } from '../../../agent/hook-scripts/line-splitter.ts';
import { LogTail } from '../../../agent/hook-scripts/log-tail.ts';

it('keeps the newest whole entries that fit', () => {
  const tail = new LogTail(12);

  for (const entry of ['first', 'second', 'third', 'last']) tail.add(entry);

  expect(tail.text()).toBe('third\nlast\n');
});

it('keeps the end of a single entry that does not fit', () => {
  const tail = new LogTail(6);

  tail.add('before');
  tail.add('a long last word');

  expect(tail.text()).toBe(' word\n');
});

it('never begins in the middle of a character', () => {
  const tail = new LogTail(4);

  tail.add('🙂🙂');

  expect(tail.text()).toBe('🙂\n');
});

it('puts characters together that arrive in pieces, and passes on a last line without an end', () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));

  for (const byte of Buffer.from('café\r\nau lait')) splitter.write(Buffer.of(byte));
  splitter.end();

  expect(lines).toEqual(['café', 'au lait']);
});

it('passes on a line that never ends in pieces', () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));

  for (let written = 0; written < 200; written += 1) splitter.write(Buffer.alloc(1024, 'x'));

  expect(lines.map((line) => line.length)).toEqual([65_536, 65_536, 65_536]);
});
