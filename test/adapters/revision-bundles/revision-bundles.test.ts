import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import { afterEach, describe, expect, it } from 'vitest';

import { StoredRevisionBundles } from '../../../adapters/revision-bundles/revision-bundles.ts';
import type { Revision, S3Location } from '../../../core/revision.ts';
import { bundleOf, handmadeTar, handmadeZip } from '../../agent/support/bundles.ts';
import { GitHubTokenUnusable } from '../../../adapters/parameter-store/github-tokens.ts';
import { localS3 } from './local-s3.ts';

const APP_SPEC = 'version: 0.0\nos: linux\n';
const COMMIT = '5f70bf18a086007016e948b04aed3b82103a36be';
const s3 = localS3();

const bundles = (gitHubEndpoint = 'http://nowhere.invalid', timeLimitMs = 5000) =>
  new StoredRevisionBundles({ s3: s3.client, gitHubEndpoint, timeLimitMs });
const bundlesByToken = (gitHubEndpoint: string, gitHubToken: () => Promise<string | undefined>) =>
  new StoredRevisionBundles({ s3: s3.client, gitHubEndpoint, gitHubToken, timeLimitMs: 5000 });
const inS3 = (Key: string, members: Partial<S3Location> = {}): Revision => ({
  RevisionType: 'S3',
  S3Location: { Bucket: s3.bucket, Key, BundleType: 'zip', ...members },
});
const onGitHub = (CommitId = COMMIT): Revision => ({
  RevisionType: 'GitHub',
  GitHubLocation: { Repository: 'acme/web', CommitId },
});

describe('a bundle in S3', () => {
  it.each(['zip', 'tar', 'tgz'] as const)('gives its AppSpec and its ETag: %s', async (BundleType) => {
    const tree = { 'a.bin': 'x', 'appspec.yml': APP_SPEC, 'scripts/appspec.yml': 'another', 'z.bin': 'y' };
    const eTag = await s3.put('web', readFileSync(await bundleOf(BundleType, tree)));

    const reading = await bundles().readAppSpec(inS3('web', { BundleType }));

    expect(reading).toEqual({ kind: 'read', path: 'appspec.yml', text: APP_SPEC, state: eTag });
  });

  it.each(['zip', 'tgz'] as const)('may have a directory around everything: %s', async (BundleType) => {
    await s3.put('web', readFileSync(await bundleOf(BundleType, { 'web-2/appspec.yml': APP_SPEC, 'web-2/a': 'x' })));

    const reading = await bundles().readAppSpec(inS3('web', { BundleType }));

    expect(reading).toMatchObject({ kind: 'read', path: 'appspec.yml', text: APP_SPEC });
  });

  it.each(['zip', 'tar'] as const)('has its AppSpec under its other name too: %s', async (BundleType) => {
    await s3.put('web', readFileSync(await bundleOf(BundleType, { 'appspec.yaml': APP_SPEC, a: 'x' })));

    const reading = await bundles().readAppSpec(inS3('web', { BundleType }));

    expect(reading).toMatchObject({ kind: 'read', path: 'appspec.yaml', text: APP_SPEC });
  });

  it('is read in parts when it is a large zip, and no more of it than its directory and the AppSpec', async () => {
    const ballast = 'x'.repeat(3 * 1024 * 1024);
    const entries = [
      { name: 'ballast', content: ballast },
      { name: 'appspec.yml', content: APP_SPEC, isCompressed: true },
    ];
    await s3.put('web', handmadeZip([...entries, { name: 'more', content: ballast }]));
    let bytes = 0;
    s3.client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        bytes += (result.output as { ContentLength?: number }).ContentLength ?? 0;
        return result;
      },
      { step: 'initialize', name: 'count' },
    );

    const reading = await bundles().readAppSpec(inS3('web'));
    s3.client.middlewareStack.remove('count');

    expect(reading).toMatchObject({ kind: 'read', text: APP_SPEC });
    expect(bytes).toBeLessThan(2.5 * 1024 * 1024);
  });

  it('is not read again in the state that is known, and is when it is another', async () => {
    const state = await s3.put('web', handmadeZip([{ name: 'appspec.yml', content: APP_SPEC }]));
    const again = await bundles().readAppSpec(inS3('web'), state);
    await s3.put('web', handmadeZip([{ name: 'appspec.yml', content: 'changed' }]));

    const changed = await bundles().readAppSpec(inS3('web'), state);

    expect(again).toEqual({ kind: 'unchanged' });
    expect(changed).toMatchObject({ kind: 'read', text: 'changed' });
  });

  it('is the very object that a revision means, or is gone', async () => {
    const eTag = await s3.put('web', handmadeZip([{ name: 'appspec.yml', content: APP_SPEC }]));

    const meant = await bundles().readAppSpec(inS3('web', { ETag: eTag.replaceAll('"', '') }));
    const overwritten = await bundles().readAppSpec(inS3('web', { ETag: 'c0ffee' }));

    expect(meant).toMatchObject({ kind: 'read' });
    expect(overwritten).toMatchObject({ kind: 'gone', reason: expect.stringContaining('not c0ffee') as string });
  });

  it.each([
    ['object', inS3('not-there')],
    ['bucket', inS3('web', { Bucket: 'not-there' })],
  ])('is gone when there is no such %s', async (_, revision) => {
    const reading = await bundles().readAppSpec(revision);

    expect(reading).toMatchObject({ kind: 'gone', reason: expect.stringMatching(/^S3 answers NoSuch/) as string });
  });

  it.each<readonly [string, Partial<S3Location>, Buffer | string, string]>([
    ['an empty object', {}, '', 'it is empty'],
    ['no zip', {}, 'hello', 'no zip archive'],
    ['a zip that was cut off', {}, handmadeZip([{ name: 'appspec.yml' }]).subarray(0, -30), 'no zip archive'],
    [
      'a zip with a damaged AppSpec',
      {},
      handmadeZip([{ name: 'appspec.yml', isCompressed: true, announcedBytes: 3 }]),
      'damaged',
    ],
    ['a zip without an AppSpec', {}, handmadeZip([{ name: 'a' }]), 'no appspec.yml at its top'],
    [
      'an AppSpec in the wrong place',
      {},
      handmadeZip([{ name: 'a' }, { name: 'b/appspec.yml' }]),
      'no appspec.yml at its top',
    ],
    ['an AppSpec that is a directory', {}, handmadeZip([{ name: 'appspec.yml/' }]), 'no appspec.yml at its top'],
    [
      'an AppSpec of a mebibyte and more',
      {},
      handmadeZip([{ name: 'appspec.yml', content: 'x'.repeat(1024 * 1024 + 1) }]),
      'of at most 1048576',
    ],
    ['no tar', { BundleType: 'tar' }, 'x'.repeat(2000), 'no tar archive'],
    ['no gzip', { BundleType: 'tgz' }, gzipSync(randomBytes(5000)).subarray(0, 1000), 'no tar archive'],
    [
      'a tar without an AppSpec',
      { BundleType: 'tar' },
      handmadeTar([{ path: 'a', content: 'x' }]),
      'no appspec.yml at its top',
    ],
    [
      'a tar with a large AppSpec',
      { BundleType: 'tar' },
      handmadeTar([{ path: 'appspec.yml', content: 'x'.repeat(1024 * 1024 + 1) }]),
      'of at most 1048576',
    ],
  ])('is unusable: %s', async (_, members, content, reason) => {
    await s3.put('web', content);

    const reading = await bundles().readAppSpec(inS3('web', members));

    expect(reading).toMatchObject({ kind: 'unusable', reason: expect.stringContaining(reason) as string });
  });

  it.each<readonly [string, Partial<S3Location>, Buffer]>([
    ['zip', {}, handmadeZip([{ name: 'appspec.yml', mode: 0o120777, content: 'a' }, { name: 'a' }])],
    ['tar', { BundleType: 'tar' }, handmadeTar([{ path: 'appspec.yml', type: 'SymbolicLink', linkpath: 'a' }])],
  ])('is not judged when its AppSpec is a link, which hosts follow: %s', async (_, members, content) => {
    await s3.put('web', content);

    const reading = await bundles().readAppSpec(inS3('web', members));

    expect(reading).toEqual({ kind: 'unreadable', reason: 'its appspec.yml is no regular file' });
  });

  it('may be an AppSpec file by itself', async () => {
    const eTag = await s3.put('functions/appspec.yaml', 'version: 0.0');

    const reading = await bundles().readAppSpec({
      RevisionType: 'S3',
      S3Location: { Bucket: s3.bucket, Key: 'functions/appspec.yaml', BundleType: 'YAML' },
    });

    expect(reading).toEqual({ kind: 'read', path: 'functions/appspec.yaml', text: 'version: 0.0', state: eTag });
  });
});

describe('a commit on GitHub', () => {
  const server = createServer();
  afterEach(() => {
    server.close();
    server.removeAllListeners('request');
    server.closeAllConnections();
  });
  /** GitHub’s API, which leads to another address for the archive itself. */
  const gitHub = async (status: number, archive?: Buffer): Promise<{ url: string; asked: (string | undefined)[] }> => {
    const asked: (string | undefined)[] = [];
    server.on('request', ({ url, headers }, response) => {
      asked.push(url, headers.authorization ?? headers['user-agent']);
      if (url === '/archive') response.end(archive);
      else response.writeHead(status, { location: '/archive' }).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`, asked };
  };
  const archive = gzipSync(
    handmadeTar([
      { path: 'acme-web-5f70bf1/', type: 'Directory' },
      { path: 'acme-web-5f70bf1/appspec.yml', content: APP_SPEC },
    ]),
  );

  it('gives its AppSpec, and is known by its name', async () => {
    const { url, asked } = await gitHub(302, archive);

    const reading = await bundles(url).readAppSpec(onGitHub());

    expect(reading).toEqual({ kind: 'read', path: 'appspec.yml', text: APP_SPEC, state: COMMIT });
    expect(asked).toEqual([`/api/v3/repos/acme/web/tarball/${COMMIT}`, 'slipway', '/archive', 'slipway']);
  });

  it('is asked for with the token of its owner', async () => {
    const { url, asked } = await gitHub(302, archive);

    const reading = await bundlesByToken(url, () => Promise.resolve('ghp_acme')).readAppSpec(onGitHub());

    expect(reading.kind).toBe('read');
    expect(asked.slice(0, 2)).toEqual([`/api/v3/repos/acme/web/tarball/${COMMIT}`, 'token ghp_acme']);
  });

  it.each([
    [401, 'token-refused', 'GitHub answers 401 Unauthorized to the token kept for it'],
    [404, 'gone', 'whether the token kept for its owner opens it'],
  ])('is what GitHub says to a token: %i is %s', async (status, kind, reason) => {
    const { url } = await gitHub(status);

    const reading = await bundlesByToken(url, () => Promise.resolve('ghp_old')).readAppSpec(onGitHub());

    expect(reading).toMatchObject({ kind, reason: expect.stringContaining(reason) as string });
  });

  it('is not asked for where the token of its owner cannot be had', async () => {
    const missing = () => Promise.reject(new GitHubTokenUnusable('acme', 'nobody put it there'));

    const reading = await bundlesByToken('http://nowhere.invalid', missing).readAppSpec(onGitHub());

    expect(reading).toMatchObject({ kind: 'token-refused' });
  });

  it('is not asked for again', async () => {
    const reading = await bundles().readAppSpec(onGitHub(), COMMIT);

    expect(reading).toEqual({ kind: 'unchanged' });
  });

  it('is read each time when its name may move, as that of a branch does', async () => {
    const { url } = await gitHub(302, archive);

    const reading = await bundles(url).readAppSpec(onGitHub('main'), 'main');

    expect(reading).toMatchObject({ kind: 'read', state: undefined });
  });

  it.each([
    [404, 'gone', 'GitHub answers 404 Not Found: check repository, commit, and whether it is private'],
    [403, 'unreadable', 'GitHub answers 403 Forbidden'],
    [502, 'unreadable', 'GitHub answers 502 Bad Gateway'],
  ])('is what GitHub says: %i is %s', async (status, kind, reason) => {
    const { url } = await gitHub(status);

    const reading = await bundles(url).readAppSpec(onGitHub());

    expect(reading).toMatchObject({ kind, reason: expect.stringContaining(reason) as string });
  });

  it('is unreadable where no network leads to GitHub', async () => {
    const { url } = await gitHub(302, archive);
    await new Promise((closed) => server.close(closed));

    const reading = await bundles(url).readAppSpec(onGitHub());

    expect(reading).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining('ECONNREFUSED') as string });
  });

  it('is unreadable when it takes too long', async () => {
    server.on('request', () => undefined);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const reading = await bundles(url, 20).readAppSpec(onGitHub());

    expect(reading).toEqual({ kind: 'unreadable', reason: 'it took more than 20 ms' });
  });
});
