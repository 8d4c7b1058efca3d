import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { BuildCache } from './build-cache.ts';
import { bundle } from './bundle.ts';
import type { Program } from './bundle.ts';
import { NODE_SETTINGS } from './executable.ts';
import type { Executable } from './executable.ts';

/** What a script is made of. */
export interface ScriptOptions {
  /** A CommonJS bundle: Node takes a file without an extension for one. */
  readonly program: Program;
  /** @default the Node that runs this process */
  readonly node?: string;
  /** @default the repository's own */
  readonly cache?: BuildCache;
}

/**
 * A program in one executable file without its Node.js: the bundle that `executable` wraps, behind a line that names a
 * Node of this machine and tells it what the executable's is told. It runs here and nowhere else. Processes that run it
 * share the pages of one Node, where each copy of an executable has its own.
 */
export function script({ program, node = process.execPath, cache = new BuildCache() }: ScriptOptions): Executable {
  const workshop = mkdtempSync(join(tmpdir(), 'slipway-script-'));
  try {
    bundle(program, workshop);
    const content = `${interpreterLine(node)}\n${readFileSync(join(workshop, program.file), 'utf8')}`;
    const hash = createHash('sha256').update(content).digest('hex');
    const file = cache.file(`${basename(program.file, '.cjs')}-script`, hash, (target) => {
      writeFileSync(target, content, { mode: 0o755 });
    });
    return { file, hash };
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** The kernel passes on one argument at most; `env -S` parts it into words. */
function interpreterLine(node: string): string {
  const word = `"${node.replaceAll(/["\\$]/g, '\\$&')}"`;
  return ['#!/usr/bin/env -S', word, ...NODE_SETTINGS].join(' ');
}
