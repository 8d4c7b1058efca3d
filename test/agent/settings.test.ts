import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { bundleOf, handmadeTar, zipOf } from './support/bundles.ts';
import { readTree, writeTree } from './support/files.ts';
import type { Tree } from './support/files.ts';
import { PretendCloud } from './support/pretend-cloud.ts';
import { rootOf, startAgent } from './support/running-agent.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const events = ['DownloadBundle', 'Install'];
const APP_SPEC = 'version: 0.0\nos: linux\nfiles: [{source: app, destination: /srv/app}]\n';
const onS3 = (type: string) => ({
  RevisionType: 'S3',
  S3Revision: { Bucket: 'revisions', Key: `web.${type}`, BundleType: type },
});
let cloud: PretendCloud;
let host: string;

beforeEach(async () => {
  cloud = await PretendCloud.start();
  host = temporaryDirectory();
});

async function upload(files: Tree): Promise<void> {
  const content = temporaryDirectory();
  writeTree(content, files);
  cloud.objects.set('/revisions/web.zip', await zipOf(content));
}

it('a revision on GitHub comes from the API that the configuration names', async () => {
  const tarball = await bundleOf('tgz', {
    'acme-web-c0ffee/appspec.yml': APP_SPEC,
    'acme-web-c0ffee/app/version': '1',
  });
  cloud.objects.set('/api/v3/repos/acme/web/tarball/c0ffee', readFileSync(tarball));
  const GitHubRevision = { Account: 'acme', Repository: 'web', CommitId: 'c0ffee' };
  cloud.begin({ deploymentId: 'd-GITHUB001', events, revision: { RevisionType: 'GitHub', GitHubRevision } });
  startAgent(host, cloud, `github_api_endpoint: ${cloud.url}/api/v3`);

  await cloud.until(() => cloud.isLegOver);

  expect(cloud.ended).toEqual(['DownloadBundle Succeeded', 'Install Succeeded']);
  expect(readTree(join(host, 'srv/app'))).toEqual({ version: '1' });
});

it('a bundle that unpacks to more than the configuration allows is refused, and nothing of it is left', async () => {
  await upload({ 'appspec.yml': APP_SPEC, 'app/bomb': '\0'.repeat(2_000_000) });
  cloud.begin({ deploymentId: 'd-BOMB00001', events, revision: onS3('zip') });
  startAgent(host, cloud, 'archive_max_extraction_size: 1000000');

  await cloud.until(() => cloud.isLegOver);

  expect(cloud.completions[0]?.diagnostics.message).toMatch(
    /^The bundle unpacks to more than 1000000 bytes, the archive_max_extraction_size of this host/,
  );
  expect(readTree(join(rootOf(host), 'web.web-fleet'))).toEqual({ 'd-BOMB00001': null });
});

it('a large bundle is fetched in parts, and put together as it was', async () => {
  const noise = Array.from({ length: 1000 }, (_, n) => `${n} of a thousand\n`).join('');
  const large = noise.repeat(Math.ceil((65 * 1024 * 1024) / noise.length));
  cloud.objects.set(
    '/revisions/web.tar',
    handmadeTar([
      { path: 'appspec.yml', type: 'File', content: APP_SPEC },
      { path: 'app/large', type: 'File', content: large },
    ]),
  );
  cloud.begin({ deploymentId: 'd-LARGE0001', events, revision: onS3('tar') });
  startAgent(host, cloud);

  await cloud.until(() => cloud.isLegOver);

  expect(cloud.ended).toEqual(['DownloadBundle Succeeded', 'Install Succeeded']);
  expect(cloud.ranges).toHaveLength(5);
  expect(readFileSync(join(host, 'srv/app/large'), 'utf8') === large).toBe(true);
});

const mayLayFiles = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

it.runIf(mayLayFiles)('a script with runas really runs as that user, with its environment', async () => {
  await upload({
    'appspec.yml': `${APP_SPEC}hooks: {ApplicationStart: [{location: start.sh, runas: nobody}]}`,
    'app/version': '1',
    'start.sh': { script: '#!/bin/sh\necho "$(id -un) at $LIFECYCLE_EVENT in $(pwd)"; exit 3\n' },
  });
  // On this machine nobody may have no shell; the host's own list of users is laid over this machine's.
  const users = join(temporaryDirectory(), 'passwd');
  writeFileSync(users, readFileSync('/etc/passwd', 'utf8').replace(/^(nobody:.*:)[^:]*$/m, '$1/bin/sh'));
  chmodSync(host, 0o755);
  const lay = 'mount --bind "$0" /etc/passwd && exec "$@"';
  cloud.begin({ deploymentId: 'd-RUNAS0001', events: [...events, 'ApplicationStart'], revision: onS3('zip') });
  startAgent(host, cloud, '', ['unshare', '--mount', '/bin/sh', '-c', lay, users]);

  await cloud.until(() => cloud.isLegOver);

  expect(cloud.completions.at(-1)?.diagnostics).toMatchObject({
    message: 'Script at specified location: start.sh run as user nobody failed with exit code 3',
    log: expect.stringContaining(`[stdout]nobody at ApplicationStart in ${host}\n`) as string,
  });
});
