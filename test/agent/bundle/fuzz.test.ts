import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BundleError } from '../../../agent/bundle/bundle-error.ts';
import { unpack } from '../../../agent/bundle/unpack.ts';
import { bundleOf, handmadeTar } from '../support/bundles.ts';
import { readTree } from '../support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** More for a night's run: FUZZ_RUNS=20000. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 150);
const settings = { numRuns, seed: 20_260_219 };

/** Unpacks bytes in a room of its own and demands: done, or refused with a reason; nothing outside, nothing half-done. */
async function unpackIn(room: string, type: 'zip' | 'tar', bytes: Uint8Array): Promise<void> {
  rmSync(room, { recursive: true, force: true });
  mkdirSync(room);
  const bundle = join(room, 'bundle.tar');
  writeFileSync(bundle, bytes);
  const archive = join(room, 'archive');

  const refusal: unknown = await unpack(type, { bundle, unfinished: join(room, 'temp'), archive }).catch(
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

it.each(['zip', 'tar', 'tgz'] as const)('a damaged %s is unpacked or refused', async (type) => {
  const whole = readFileSync(await bundleOf(type, TREE));
  const room = join(temporaryDirectory(), 'room');
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });

  await fc.assert(
    fc.asyncProperty(damage, fc.option(fc.nat(whole.length)), async (changes, cutAt) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      await unpackIn(room, type === 'zip' ? 'zip' : 'tar', cutAt === null ? bytes : bytes.subarray(0, cutAt));
    }),
    settings,
  );
});

it('a hostile tar never writes outside', async () => {
  const room = join(temporaryDirectory(), 'room');
  const name = fc
    .array(fc.constantFrom('a', 'b', '..', '.', '', 'x'.repeat(120), 'ü'), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join('/') || 'name');
  const entry = fc.record({
    path: name,
    type: fc.constantFrom('File', 'Directory', 'SymbolicLink', 'Link', 'FIFO', 'OldFile' as const),
    linkpath: name,
    mode: fc.nat(0o7777),
  });

  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (entries) => {
      const honest = entries.map(({ linkpath, ...data }) => ({
        ...data,
        ...(data.type.endsWith('Link') ? { linkpath } : {}),
        ...(data.type.endsWith('File') ? { content: 'content' } : {}),
      }));
      await unpackIn(room, 'tar', handmadeTar(honest));
    }),
    settings,
  );
  expect(Object.keys(readTree(join(room, '..'))).every((path) => path.startsWith('room'))).toBe(true);
});
