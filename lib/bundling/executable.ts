import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BuildCache } from './build-cache.ts';
import { bundle } from './bundle.ts';
import type { Program } from './bundle.ts';
import { linuxNode, NODE_VERSION, PINNED_NODE } from './node-binary.ts';
import type { Architecture } from './node-binary.ts';
import { trimElf } from './trim-elf.ts';

const require = createRequire(import.meta.url);
const POSTJECT = require.resolve('postject/dist/cli.js');
const { version: POSTJECT_VERSION } = require('postject/package.json') as { version: string };

/** Where Node looks for a program inside of itself, and the mark by which it knows that there is one. */
const BLOB = { resource: 'NODE_SEA_BLOB', fuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2' };

/**
 * What a program's Node is told. It is the program's alone: other programs that it starts do not inherit it, as they
 * would NODE_OPTIONS. Short-lived objects get 1 MiB instead of 16, and V8 one thread of its own instead of four: after
 * the installation of 10,000 files this made 84 MiB of 116, in the same time. The agent collects garbage itself when it
 * falls idle: memory at rest stays the same from deployment to deployment.
 */
export const NODE_SETTINGS: readonly string[] = ['--max-semi-space-size=1', '--v8-pool-size=1', '--expose-gc'];

/** Code cache and snapshot would tie the program to the processor that made them. */
const SETTINGS = {
  disableExperimentalSEAWarning: true,
  useCodeCache: false,
  useSnapshot: false,
  execArgv: NODE_SETTINGS,
};

/** What an executable is made of, and how it is wrapped. */
export interface ExecutableOptions {
  /** A CommonJS bundle. */
  readonly program: Program;
  readonly architecture: Architecture;
  /** Whether to compress it with gzip, for the way over a network. */
  readonly compressed: boolean;
  /** @default the repository's own */
  readonly cache?: BuildCache;
}

/** A file to publish, and a hash that changes when its content does. */
export interface Executable {
  readonly file: string;
  readonly hash: string;
}

/**
 * A program and the Node.js that runs it in one file, for Linux with glibc 2.28 or newer.
 * Made once from the same sources and the same Node; synthesis finds it again in milliseconds.
 * @throws NodeUnavailable when the Node for a foreign architecture cannot be fetched
 * @see https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html
 */
export function executable(options: ExecutableOptions): Executable {
  const { program, architecture, compressed, cache = new BuildCache() } = options;
  const workshop = mkdtempSync(join(tmpdir(), 'slipway-executable-'));
  try {
    bundle(program, workshop);
    const main = join(workshop, program.file);
    const hash = fingerprint([readFileSync(main), JSON.stringify({ architecture, compressed })]);
    const family = `${basename(program.file, '.cjs')}-${architecture}`;
    const file = cache.file(family, compressed ? `${hash}.gz` : hash, (target) => {
      inject(makeBlob(main), linuxNode(architecture, cache), target);
      if (compressed) writeFileSync(target, gzipSync(readFileSync(target)));
    });
    return { file, hash };
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** All that the content follows from, this recipe included. */
function fingerprint(parts: readonly (Buffer | string)[]): string {
  const hash = createHash('sha256').update(JSON.stringify([NODE_VERSION, POSTJECT_VERSION, BLOB, SETTINGS, RECIPE]));
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** To be raised when the steps below change what they make. */
const RECIPE = 1;

function makeBlob(main: string): string {
  const directory = dirname(main);
  const output = join(directory, 'program.blob');
  const config = join(directory, 'sea-config.json');
  // Relative: the path of the main script becomes part of the blob.
  writeFileSync(config, JSON.stringify({ main: basename(main), output, ...SETTINGS }));
  run(PINNED_NODE, ['--experimental-sea-config', config], directory);
  return output;
}

function inject(blob: string, node: string, target: string): void {
  writeFileSync(target, trimElf(readFileSync(node)), { mode: 0o755 });
  run(process.execPath, [POSTJECT, target, BLOB.resource, blob, '--sentinel-fuse', BLOB.fuse], dirname(target));
}

/** In a process of its own, whose memory goes when it is done: some 750 MB for an injection. */
function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: 'pipe' });
}
