import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unpack } from '../../../agent/bundle/unpack.ts';
import type { BundleType } from '../../../agent/protocol/revision-location.ts';
import { bundleOf, handmadeTar, handmadeZip } from '../support/bundles.ts';
import { readTree } from '../support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

function places(bundle: string) {
  const directory = temporaryDirectory();
  return {
    bundle,
    unfinished: join(directory, 'outer', 'temp'),
    archive: join(directory, 'outer', 'archive'),
    directory,
  };
}

function bundleFile(bytes: Buffer): string {
  const file = join(temporaryDirectory(), 'bundle.tar');
  writeFileSync(file, bytes);
  return file;
}

const TYPES: BundleType[] = ['zip', 'tar', 'tgz'];

describe.each(TYPES)('a %s bundle', (type) => {
  it('is unpacked with modes, times and links', async () => {
    const to = places(
      await bundleOf(type, {
        'appspec.yml': 'version: 0.0',
        'scripts/start.sh': { script: '#!/bin/sh\n' },
        empty: null,
        current: { link: 'scripts' },
        dangling: { link: 'scripts/none' },
        '.hidden': 'kept',
        large: 'x'.repeat(300_000),
      }),
    );

    await unpack(type, to);

    expect(readTree(to.archive)).toEqual({
      'appspec.yml': 'version: 0.0',
      'scripts/start.sh': '#!/bin/sh\n',
      empty: null,
      current: { link: 'scripts' },
      dangling: { link: 'scripts/none' },
      '.hidden': 'kept',
      large: 'x'.repeat(300_000),
    });
    expect(lstatSync(join(to.archive, 'scripts/start.sh')).mode & 0o777).toBe(0o755);
    expect(Date.now() - statSync(join(to.archive, 'appspec.yml')).mtimeMs).toBeLessThan(60_000);
    expect(existsSync(to.unfinished)).toBe(false);
  });

  it('loses a single directory around everything, if that holds the AppSpec', async () => {
    const to = places(await bundleOf(type, { 'web-1.0/AppSpec.yml': 'version: 0.0', 'web-1.0/index.html': 'hi' }));

    await unpack(type, to);

    expect(readdirSync(to.archive).sort()).toEqual(['AppSpec.yml', 'index.html']);
  });

  it('keeps a single directory that is not the revision itself', async () => {
    const to = places(await bundleOf(type, { 'web/index.html': 'hi' }));

    await unpack(type, to);

    expect(readTree(to.archive)).toEqual({ 'web/index.html': 'hi' });
  });

  it('replaces what an earlier attempt unpacked', async () => {
    const to = places(await bundleOf(type, { 'appspec.yml': 'new' }));
    await unpack(type, { ...to, bundle: await bundleOf(type, { 'appspec.yml': 'old', 'left-over': '' }) });

    await unpack(type, to);

    expect(readTree(to.archive)).toEqual({ 'appspec.yml': 'new' });
  });

  it('that is no archive is refused, and leaves nothing', async () => {
    const to = places(bundleFile(Buffer.from('<html>not found</html>'.repeat(100))));

    await expect(unpack(type, to)).rejects.toThrow(
      new RegExp(`^Error extracting ${type} archive: .*really a ${type}\\?$`),
    );

    expect(readdirSync(join(to.directory, 'outer'))).toEqual([]);
  });

  it('that is cut off is refused', async () => {
    const whole = await bundleOf(type, {
      'appspec.yml': 'version: 0.0',
      noise: randomBytes(150_000).toString('base64'),
    });
    const to = places(bundleFile(readFileSync(whole).subarray(0, 100_000)));

    await expect(unpack(type, to)).rejects.toThrow(/^Error extracting/);
  });
});

it('a gzipped bundle that is called tar is unpacked all the same', async () => {
  const to = places(await bundleOf('tgz', { 'appspec.yml': 'version: 0.0' }));

  await unpack('tar', to);

  expect(readTree(to.archive)).toEqual({ 'appspec.yml': 'version: 0.0' });
});

describe('a bundle that reaches out is refused:', () => {
  const tar = (...entries: Parameters<typeof handmadeTar>[0]) => ['tar', handmadeTar(entries)] as const;

  it.each([
    ['a name that climbs', tar({ path: '../evil', type: 'File', content: 'x' }), /its path leaves the archive/],
    [
      'a name that climbs late',
      tar({ path: 'a/../../evil', type: 'File', content: 'x' }),
      /its path leaves the archive/,
    ],
    ['an absolute name', tar({ path: '/tmp/slipway-evil', type: 'File', content: 'x' }), /its path is absolute/],
    [
      'a link to an absolute path',
      tar({ path: 'link', type: 'SymbolicLink', linkpath: '/etc' }),
      /a link that leaves the archive, to \/etc/,
    ],
    [
      'a link that climbs',
      tar({ path: 'a/link', type: 'SymbolicLink', linkpath: '../../up' }),
      /a link that leaves the archive/,
    ],
    ['a hard link to a file of the host', tar({ path: 'link', type: 'Link', linkpath: '/etc/passwd' }), /absolute/],
    [
      'a hard link through a link',
      tar(
        { path: 'd', type: 'Directory' },
        { path: 'l', type: 'SymbolicLink', linkpath: 'd' },
        { path: 'h', type: 'Link', linkpath: 'l' },
      ),
      /no earlier file/,
    ],
    [
      'a file through a link',
      tar(
        { path: 'd', type: 'Directory' },
        { path: 'l', type: 'SymbolicLink', linkpath: 'd' },
        { path: 'l/file', type: 'File', content: 'x' },
      ),
      /goes through an entry that is no directory/,
    ],
    ['a device', tar({ path: 'null', type: 'CharacterDevice', devmaj: 1, devmin: 3 }), /it is a CharacterDevice/],
    ['a pipe', tar({ path: 'pipe', type: 'FIFO' }), /it is a FIFO/],
  ])('%s', async (_what, [type, bytes], message) => {
    const to = places(bundleFile(bytes));

    await expect(unpack(type, to)).rejects.toThrow(message);

    expect(readTree(to.directory)).toEqual({ outer: null });
  });

  it.each([
    ['../evil', {}, /its path leaves the archive/],
    ['/tmp/slipway-evil', {}, /its path is absolute/],
    ['a\\..\\..\\evil', {}, /its path leaves the archive/],
    ['link', { mode: 0o120777, content: '/etc/passwd' }, /a link that leaves the archive/],
    ['device', { mode: 0o020666 }, /a device, pipe or socket/],
  ])('a zip entry named %s %j', async (name, options, message) => {
    const to = places(bundleFile(handmadeZip([{ name, ...options }])));

    await expect(unpack('zip', to)).rejects.toThrow(message);

    expect(readTree(to.directory)).toEqual({ outer: null });
  });

  it('a zip entry whose checksum differs', async () => {
    const bytes = handmadeZip([{ name: 'file', content: 'believe me' }]);
    const to = places(bundleFile(Buffer.from(bytes.toString('latin1').replace('believe me', 'deceive me'), 'latin1')));

    await expect(unpack('zip', to)).rejects.toThrow(/"file": its content is damaged: the checksum differs/);
  });
});

describe('a zip that lies about its sizes', () => {
  it.each([
    ['more than it says', 'a'.repeat(5000), 10],
    ['less than it says', 'a', 5000],
    ['much more than it says', 'a'.repeat(1_000_000), 500_000],
  ])('is refused where an entry unpacks to %s', async (_what, content, announcedBytes) => {
    const to = places(bundleFile(handmadeZip([{ name: 'file', content, announcedBytes, isCompressed: true }])));

    await expect(unpack('zip', to)).rejects.toThrow(/^Error extracting zip archive: /);

    expect(readTree(to.directory)).toEqual({ outer: null });
  });
});

it.each(TYPES)('a %s bundle may not unpack to more than the host allows, whatever its own size', async (type) => {
  const bomb = await bundleOf(type, { 'appspec.yml': 'version: 0.0', bomb: '\0'.repeat(2_000_000) });
  const to = places(bomb);

  await expect(unpack(type, to, 1_000_000)).rejects.toThrow(
    "The bundle unpacks to more than 1000000 bytes, the archive_max_extraction_size of this host. Raise it in the agent's configuration if the bundle is meant to be that large.",
  );

  expect(readTree(to.directory)).toEqual({ outer: null });
  await unpack(type, to, 2_000_012);
  expect(statSync(join(to.archive, 'bomb')).size).toBe(2_000_000);
});

it('names that differ by case alone are two files, and a link is not followed to a file of such a name', async () => {
  const to = places(
    bundleFile(
      handmadeZip([
        { name: 'Readme', content: 'one' },
        { name: 'README', content: 'other' },
        { name: 'link', mode: 0o120777, content: 'Readme' },
        { name: 'LINK', content: 'third' },
      ]),
    ),
  );

  await unpack('zip', to);

  expect(readTree(to.archive)).toEqual({ LINK: 'third', README: 'other', Readme: 'one', link: { link: 'Readme' } });
});

describe('links that lead out of the revision together are refused:', () => {
  const link = (path: string, linkpath: string) => ({ path, linkpath, type: 'SymbolicLink' as const });

  it.each([
    ['a link to the archive itself, and back from there', [link('here', '.'), link('up', 'here/..')]],
    ['the other way round', [link('up', 'a/b/..'), link('a', '.'), link('b', '..')]],
    [
      'over the single directory that is taken away',
      [
        { path: 'web/appspec.yml', type: 'File' as const, content: 'version: 0.0' },
        link('web/beside', '../bundle.tar'),
      ],
    ],
    [
      'by many steps',
      [...Array.from({ length: 9 }, (_, n) => link(`l${n}`, n === 0 ? '.' : `l${n - 1}/.`)), link('up', 'l8/../outer')],
    ],
  ])('%s', async (_what, entries) => {
    const to = places(bundleFile(handmadeTar(entries)));

    await expect(unpack('tar', to)).rejects.toThrow(/: it is a link that leaves the archive, to /);

    expect(readTree(to.directory)).toEqual({ outer: null });
  });

  it('those that go round in circles, or nowhere, harm nobody', async () => {
    const to = places(
      bundleFile(
        handmadeTar([
          link('a', 'b'),
          link('b', 'a'),
          link('self', 'self/self'),
          link('deep/up', '../x/y'),
          link('n', 'no/..'),
        ]),
      ),
    );

    await unpack('tar', to);

    expect(readdirSync(to.archive).sort()).toEqual(['a', 'b', 'deep', 'n', 'self']);
  });
});

it('of two tar entries of one name the later counts, and is not written through the earlier', async () => {
  const to = places(
    bundleFile(
      handmadeTar([
        { path: 'target', type: 'File', content: 'untouched' },
        { path: 'name', type: 'SymbolicLink', linkpath: 'target' },
        { path: 'name', type: 'File', content: 'later' },
      ]),
    ),
  );

  await unpack('tar', to);

  expect(readTree(to.archive)).toEqual({ target: 'untouched', name: 'later' });
});

it('a directory that nobody may write to still receives its files', async () => {
  const to = places(
    bundleFile(
      handmadeTar([
        { path: 'closed/', type: 'Directory', mode: 0o555 },
        { path: 'closed/file', type: 'File', content: 'in' },
      ]),
    ),
  );

  await unpack('tar', to);

  expect(readTree(to.archive)).toEqual({ 'closed/file': 'in' });
  expect(statSync(join(to.archive, 'closed')).mode & 0o777).toBe(0o555);
});
