import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BundleError } from '../../../agent/bundle/bundle-error.ts';
import { unpack } from '../../../agent/bundle/unpack.ts';
import type { BundleType } from '../../../agent/protocol/revision-location.ts';
import { bundleOf, handmadeTar, handmadeZip } from '../support/bundles.ts';
import { readTree, writeTree } from '../support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** More for a night's run: FUZZ_RUNS=20000. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 150);
const TIMEOUT_MS = 60_000 + 200 * numRuns;
const settings = { numRuns, seed: 20_260_219 };

/** Unpacks bytes in a room of its own and demands: done, or refused with a reason; nothing outside, nothing half-done. */
async function unpackIn(room: string, type: BundleType, bytes: Uint8Array, limitBytes?: number): Promise<void> {
  rmSync(room, { recursive: true, force: true });
  mkdirSync(room);
  const bundle = join(room, 'bundle.tar');
  writeFileSync(bundle, bytes);
  const archive = join(room, 'archive');

  const refusal: unknown = await unpack(type, { bundle, unfinished: join(room, 'temp'), archive }, limitBytes).catch(
    (e: unknown) => e,
  );

  if (refusal !== undefined) expect(refusal).toBeInstanceOf(BundleError);
  expect(readdirSync(room).sort()).toEqual(refusal === undefined ? ['archive', 'bundle.tar'] : ['bundle.tar']);
}

const TREE = {
  'appspec.yml': 'version: 0.0\nos: linux\n',
  'a/b/c.txt': 'c'.repeat(2000),
  'a/run.sh': { script: '#!/bin/sh\n' },
  link: { link: 'a' },
  empty: null,
};

it.each(['zip', 'tar', 'tgz'] as const)(
  'a damaged %s is unpacked or refused',
  async (type) => {
    const whole = readFileSync(await bundleOf(type, TREE));
    const room = join(temporaryDirectory(), 'room');
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });

    await fc.assert(
      fc.asyncProperty(damage, fc.option(fc.nat(whole.length)), async (changes, cutAt) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        await unpackIn(room, type, cutAt === null ? bytes : bytes.subarray(0, cutAt));
      }),
      settings,
    );
  },
  TIMEOUT_MS,
);

/** A host with a room for the bundle, and files of somebody else's around it. */
class Surroundings {
  readonly room: string;
  readonly #directory = temporaryDirectory();
  readonly #before: object;

  constructor() {
    this.room = join(this.#directory, 'room');
    writeTree(this.#directory, { secret: 'untouched', 'host/secret': 'untouched', 'host/link': { link: 'secret' } });
    this.#before = readTree(this.#directory);
  }

  /** A path of the host for an archive to aim at. */
  get target(): string {
    return join(this.#directory, 'host/secret');
  }

  /** Nothing around the room has changed, and nothing in what was unpacked leads out or is more than was allowed. */
  check(): void {
    const archive = join(this.room, 'archive');
    if (existsSync(archive)) {
      expect(filesBelow(archive).reduce((bytes, file) => bytes + lstatSync(file).size, 0)).toBeLessThan(
        LIMIT_BYTES + 1,
      );
      for (const file of filesBelow(archive)) expect(realpathIfAny(file) ?? archive).toMatch(new RegExp(`^${archive}`));
    }
    rmSync(this.room, { recursive: true, force: true });
    expect(readTree(this.#directory)).toEqual(this.#before);
  }
}

const LIMIT_BYTES = 60_000;

/** Links count as files: they are not followed. */
function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function realpathIfAny(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined; // a link to nothing, or to itself
  }
}

type Kind = 'file' | 'directory' | 'symlink' | 'hardlink' | 'device' | 'pipe';
interface HostileEntry {
  readonly name: string;
  readonly kind: Kind;
  readonly target: string;
  readonly mode: number;
  readonly content: string;
}

const PARTS = [
  'a',
  'A',
  'b',
  'appspec.yml',
  '..',
  '.',
  '',
  'ü',
  'C:',
  'a\\..\\..',
  'n\0l',
  'x'.repeat(120),
  'y'.repeat(300),
];

function hostileEntries(around: Surroundings): fc.Arbitrary<HostileEntry[]> {
  const plain = fc.array(fc.constantFrom(...PARTS.slice(0, 4)), { minLength: 1, maxLength: 3 });
  const strange = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 6 });
  const path = fc.oneof(
    { weight: 6, arbitrary: plain.map((parts) => parts.join('/')) },
    { weight: 2, arbitrary: strange.map((parts) => parts.join('/') || 'name') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(around.target, '../host/secret', '../../secret', `${'x'.repeat(200)}/`.repeat(25)),
    },
  );
  const target = fc.oneof(path, fc.constantFrom('.', '..', 'a/..', 'b/..', '../a', 'a/../..', ''));
  const content = fc.constantFrom('', 'content', 'x'.repeat(700), '\0'.repeat(50_000), '\0'.repeat(400_000));
  const kind = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<Kind>('file', 'directory', 'symlink', 'hardlink') },
    { weight: 1, arbitrary: fc.constantFrom<Kind>('device', 'pipe') },
  );
  const entry = fc.record({ name: path, kind, target, mode: fc.nat(0o7777), content });
  return fc.array(entry, { minLength: 1, maxLength: 12 });
}

const TAR_TYPES = {
  file: 'File',
  directory: 'Directory',
  symlink: 'SymbolicLink',
  hardlink: 'Link',
  device: 'CharacterDevice',
  pipe: 'FIFO',
} as const;

const asTar = (entries: readonly HostileEntry[]): Buffer =>
  handmadeTar(
    entries.map(({ name, kind, target, mode, content }) => ({
      path: name,
      type: TAR_TYPES[kind],
      mode,
      ...(kind.endsWith('link') ? { linkpath: target } : {}),
      ...(kind === 'file' ? { content } : {}),
    })),
  );

const ZIP_TYPES = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  hardlink: 0,
  device: 0o020000,
  pipe: 0o010000,
};

const asZip = (entries: readonly HostileEntry[]): Buffer =>
  handmadeZip(
    entries.map(({ name, kind, target, mode, content }) => ({
      name,
      mode: ZIP_TYPES[kind] | mode,
      content: kind === 'symlink' ? target : kind === 'directory' ? '' : content,
      isCompressed: content.length > 700,
      ...(mode % 7 === 0 ? { announcedBytes: mode } : {}),
    })),
  );

const PACKERS = { zip: asZip, tar: asTar, tgz: (entries: readonly HostileEntry[]) => gzipSync(asTar(entries)) };

it.each(['zip', 'tar', 'tgz'] as const)(
  'a hostile %s never writes outside, never leads outside, and never takes more than it may',
  async (type) => {
    const around = new Surroundings();

    await fc.assert(
      fc.asyncProperty(hostileEntries(around), async (entries) => {
        await unpackIn(around.room, type, PACKERS[type](entries), LIMIT_BYTES);
        around.check();
      }),
      { ...settings, timeout: 10_000 },
    );
  },
  TIMEOUT_MS,
);
