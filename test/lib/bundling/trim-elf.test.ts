import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trimElf } from '../../../lib/bundling/trim-elf.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

describe('a trimmed Linux program', () => {
  it('is shorter, and runs as before', () => {
    const program = readFileSync('/bin/sh');
    const file = join(temporaryDirectory(), 'sh');

    const trimmed = trimElf(Buffer.concat([program, Buffer.alloc(1000)]));

    writeFileSync(file, trimmed, { mode: 0o755 });
    expect(trimmed.length).toBeLessThanOrEqual(program.length);
    expect(spawnSync(file, ['-c', 'echo still here'], { encoding: 'utf8' }).stdout).toBe('still here\n');
  });

  it('is refused when it is something else', () => {
    expect(() => trimElf(Buffer.from('#!/bin/sh\n'))).toThrow('This is no 64-bit ELF program');
  });
});
