import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { RotatingFile } from '../../../agent/log/rotating-file.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

let directory: string;

beforeEach(() => {
  directory = join(temporaryDirectory(), 'logs');
});

const path = (): string => join(directory, 'scripts.log');
const contents = (): string[] => readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'));

it('begins a new file at its size, and keeps so many', () => {
  const file = new RotatingFile(path(), { maxBytes: 10, keep: 3 });

  for (let line = 1; line <= 9; line += 1) file.append(`line ${line}\n`);

  expect(readdirSync(directory)).toEqual(['scripts.log', 'scripts.log.1', 'scripts.log.2']);
  expect(contents()).toEqual(['line 9\n', 'line 7\nline 8\n', 'line 5\nline 6\n']);
});

it('goes on in the file of before a restart, whose size counts', () => {
  const rotation = { maxBytes: 10, keep: 2 };
  new RotatingFile(path(), rotation).append('before\n');

  const file = new RotatingFile(path(), rotation);
  file.append('one\n');
  file.append('two\n');

  expect(contents()).toEqual(['two\n', 'before\none\n']);
});

it('drops what cannot be written, and writes on when it can', () => {
  writeFileSync(directory, 'a file where the directory should be');
  const file = new RotatingFile(path(), { maxBytes: 10, keep: 2 });

  file.append('dropped\n');
  rmSync(directory);
  file.append('written\n');

  expect(contents()).toEqual(['written\n']);
});
