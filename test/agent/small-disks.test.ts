import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { zipOf } from './support/bundles.ts';
import { readTree, writeTree } from './support/files.ts';
import type { Tree } from './support/files.ts';
import { PretendCloud } from './support/pretend-cloud.ts';
import { startAgent } from './support/running-agent.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const MIB = 1024 * 1024;
const NAMESPACE = ['unshare', '--user', '--map-root-user', '--mount'] as const;
const hasNamespaces =
  spawnSync(NAMESPACE[0], [...NAMESPACE.slice(1), 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
const revision = { RevisionType: 'S3', S3Revision: { Bucket: 'revisions', Key: 'web.zip', BundleType: 'zip' } };

/** A host with one directory on a disk of 2 MiB, and the means to deploy to it and to look at it. */
async function hostWithSmallDisk(directory: string, limits = 'size=2m') {
  const [cloud, host] = [await PretendCloud.start(), temporaryDirectory()];
  mkdirSync(join(host, directory), { recursive: true });
  const mount = `mount -t tmpfs -o ${limits} none "$0" && exec "$@"`;
  const agent = startAgent(host, cloud, '', [...NAMESPACE, '/bin/sh', '-c', mount, join(host, directory)]);

  /** @returns the message of the event that failed, or nothing */
  async function deploy(files: Tree): Promise<string | undefined> {
    const content = temporaryDirectory();
    writeTree(content, {
      'appspec.yml': 'version: 0.0\nos: linux\nfiles: [{source: app, destination: /srv/app}]',
      ...files,
    });
    cloud.objects.set('/revisions/web.zip', await zipOf(content));
    const before = cloud.completions.length;
    cloud.begin({ deploymentId: `d-DISK${before}`, events: ['DownloadBundle', 'Install'], revision });
    await cloud.until(() =>
      cloud.completions.slice(before).some(({ event, status }) => event === 'Install' || status === 'Failed'),
    );
    const last = cloud.completions.at(-1);
    return last?.status === 'Failed' ? last.diagnostics.message : undefined;
  }
  const installed = (): Tree => readTree(join(`/proc/${agent.pid}/root`, host, 'srv/app'));
  return { deploy, installed };
}

describe.runIf(hasNamespaces)('a full disk', () => {
  it('is told of before a download begins that does not fit, and the previous revision stands', async () => {
    const { deploy, installed } = await hostWithSmallDisk('opt/slipway');
    await deploy({ 'app/version': '1' });

    const message = await deploy({ 'app/version': '2', 'app/noise': randomBytes(3 * MIB).toString('latin1') });

    expect(message).toMatch(
      /^The disk is full: no room for .*bundle\.tar \(\d\.\d MiB needed, [12]\.\d MiB available on its disk\)\. Free space on the host, then deploy again\.$/,
    );
    expect(installed()).toEqual({ version: '1' });
  });

  it('is told of when a bundle does not fit unpacked, and all that was unpacked is gone again', async () => {
    const { deploy, installed } = await hostWithSmallDisk('opt/slipway');
    await deploy({ 'app/version': '1' });

    const message = await deploy({ 'app/version': '2', 'app/a': 'a'.repeat(MIB), 'app/b': 'b'.repeat(3 * MIB) });

    expect(message).toMatch(
      /^The disk is \(or was\) full during extraction: no room for .*d-DISK2 \(4\.0 MiB needed, [12]\.\d MiB available on its disk\)\. Free space on the host, then deploy again\.$/,
    );
    expect(installed()).toEqual({ version: '1' });
    expect(await deploy({ 'app/version': '3' })).toBeUndefined();
    expect(installed()).toEqual({ version: '3' });
  });

  it('in the middle of an installation is told of, and the next one starts clean', async () => {
    const { deploy, installed } = await hostWithSmallDisk('srv', 'nr_inodes=30');
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`app/f${n}`, 'x']));

    const message = await deploy(many);

    expect(message).toMatch(
      /^The disk is full: no room for .*\/srv\/app\/f\d+ \(its disk holds as many files as it can\)\. Free space on the host, then deploy again\.$/,
    );
    expect(Object.keys(installed()).length).toBeGreaterThan(20);
    expect(await deploy({ 'app/version': '2' })).toBeUndefined();
    expect(installed()).toEqual({ version: '2' });
  });

  it('is told of before an installation touches anything, and what it would give back counts', async () => {
    const { deploy, installed } = await hostWithSmallDisk('srv');
    await deploy({ 'app/large': 'a'.repeat(1.5 * MIB) });
    expect(await deploy({ 'app/large': 'b'.repeat(1.5 * MIB) })).toBeUndefined();

    const message = await deploy({ 'app/large': 'c'.repeat(3 * MIB) });

    expect(message).toMatch(/^The disk is full: no room for .*\/srv\/app \(1\.5 MiB needed, 512\.0 KiB available/);
    expect(installed()).toEqual({ large: 'b'.repeat(1.5 * MIB) });
  });
});
