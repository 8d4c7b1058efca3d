import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unpack } from '../../../agent/bundle/unpack.ts';
import { zipDirectory } from '../../../cli/deploying/zip-directory.ts';
import { readTree, writeTree } from '../../agent/support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const TREE = {
  'appspec.yml': 'version: 0.0\nos: linux\n',
  '.hidden/é.txt': 'x'.repeat(10_000),
  'scripts/start.sh': { script: '#!/bin/sh\n' },
  current: { link: 'scripts/start.sh' },
  empty: null,
};

function aTree(tree: Parameters<typeof writeTree>[1] = TREE): string {
  const directory = temporaryDirectory();
  writeTree(directory, tree);
  return directory;
}

async function zipped(directory: string): Promise<Buffer> {
  const path = join(temporaryDirectory(), 'bundle.zip');
  await zipDirectory(directory, path);
  return readFileSync(path);
}

it('makes the same bytes of the same content, wherever and whenever it was written', async () => {
  const [one, other] = [aTree(), aTree(Object.fromEntries(Object.entries(TREE).reverse()))];
  utimesSync(join(other, 'appspec.yml'), new Date(0), new Date('2001-01-01'));
  chmodSync(join(other, 'appspec.yml'), 0o600);

  expect((await zipped(other)).equals(await zipped(one))).toBe(true);
});

it('makes other bytes of other content, names or rights to execute', async () => {
  const before = await zipped(aTree());
  const executable = aTree();
  chmodSync(join(executable, 'appspec.yml'), 0o755);

  const others = [
    aTree({ ...TREE, 'appspec.yml': 'version: 0.0\nos: linuz\n' }),
    aTree({ ...TREE, more: null }),
    executable,
  ];

  for (const other of others) expect((await zipped(other)).equals(before)).toBe(false);
});

it('keeps everything that is in the directory, and what may be executed', async () => {
  const directory = aTree();
  const place = temporaryDirectory();
  const bundle = join(place, 'bundle.zip');
  await zipDirectory(directory, bundle);

  const archive = join(place, 'archive');
  await unpack('zip', { bundle, unfinished: join(place, 'unfinished'), archive });

  expect(readTree(archive)).toEqual(readTree(directory));
  expect(execFileSync(join(archive, 'current')).length).toBe(0);
});

it('refuses what no archive can hold', async () => {
  const directory = aTree();
  execFileSync('mkfifo', [join(directory, 'pipe')]);

  await expect(zipped(directory)).rejects.toThrow(/pipe is neither file, directory nor symbolic link/);
});
