import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { zipOf } from './support/bundles.ts';
import { readTree, writeTree } from './support/files.ts';
import type { Tree } from './support/files.ts';
import { PretendCloud } from './support/pretend-cloud.ts';
import { rootOf, startAgent } from './support/running-agent.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

/** More for a night's run: FUZZ_RUNS=500. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 3);
const revision = { RevisionType: 'S3', S3Revision: { Bucket: 'revisions', Key: 'web.zip', BundleType: 'zip' } };
const events = ['DownloadBundle', 'Install'];
const APP_SPEC = 'version: 0.0\nos: linux\nfiles: [{source: app, destination: /srv/app}]';

/** Two hundred files; a third of them is of this version alone. */
const treeOf = (version: number): Tree =>
  Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [`d${n % 20}/${n}${n % 3 ? '' : `-${version}`}`, `${version}`]),
  );

/** What the files of a directory hold; nothing where there is no such directory. */
const readTexts = (directory: string): string[] =>
  existsSync(directory) ? readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8')) : [];

async function upload(cloud: PretendCloud, version: number): Promise<void> {
  const content = temporaryDirectory();
  writeTree(content, { 'appspec.yml': APP_SPEC });
  writeTree(join(content, 'app'), treeOf(version));
  cloud.objects.set('/revisions/web.zip', await zipOf(content));
}

it(
  'an agent that is killed at any moment says so when it is back, and the next deployment repairs everything',
  async () => {
    const [cloud, host] = [await PretendCloud.start(), temporaryDirectory()];
    const deployment = (id: string) => join(rootOf(host), 'web.web-fleet', id);
    const filesIn = (directory: string): boolean =>
      readTexts(join(rootOf(host), directory)).some((text) => text !== '');
    const deploy = async (deploymentId: string): Promise<void> => {
      cloud.begin({ deploymentId, events, revision });
      await cloud.until(() => cloud.isLegOver);
    };
    let agent = startAgent(host, cloud);
    let version = 1;
    await upload(cloud, version);
    await deploy('d-1');

    await fc.assert(
      fc.asyncProperty(fc.nat(100), async (afterMs) => {
        await upload(cloud, version + 1);
        const reported = cloud.completions.length;
        cloud.begin({ deploymentId: `d-${version}-KILLED`, events, revision });
        while (!existsSync(deployment(`d-${version}-KILLED`))) await sleep(1);
        await sleep(afterMs);
        await agent.end('SIGKILL');
        const isInterrupted = filesIn('ongoing-deployment') && !filesIn('unreported-completions');
        const archive = join(deployment(`d-${version}-KILLED`), 'deployment-archive');
        const isUnpacked = existsSync(archive);
        if (isUnpacked) expect(readTree(join(archive, 'app'))).toEqual(treeOf(version + 1));
        else expect(readTree(join(host, 'srv/app'))).toEqual(treeOf(version));

        agent = startAgent(host, cloud);
        await cloud.until(() => cloud.isLegOver);

        const last = cloud.completions.slice(reported).at(-1);
        if (isInterrupted) expect(last).toMatchObject({ status: 'Failed', diagnostics: { error_code: 7 } });
        else expect(last).toMatchObject({ event: 'Install', status: 'Succeeded' });

        await deploy(`d-${version}-AGAIN`);

        expect(cloud.completions.at(-1)).toMatchObject({ event: 'Install', status: 'Succeeded' });
        expect(readTree(join(host, 'srv/app'))).toEqual(treeOf(version + 1));
        const pointer = join(rootOf(host), 'deployment-instructions/web.web-fleet_last_successful_install');
        expect(readFileSync(pointer, 'utf8')).toBe(deployment(`d-${version}-AGAIN`));
        version += 1;
      }),
      { numRuns, seed: 20_260_219, endOnFailure: true },
    );
  },
  20_000 + 3000 * numRuns,
);
