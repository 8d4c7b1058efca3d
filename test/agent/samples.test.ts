import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseAppSpec } from '../../core/app-spec/index.ts';
import { zipOf } from './support/bundles.ts';
import { PretendCloud } from './support/pretend-cloud.ts';
import { startAgent } from './support/running-agent.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));
const REVISION = { RevisionType: 'S3', S3Revision: { Bucket: 'revisions', Key: 'web.zip', BundleType: 'zip' } };
const LAUNCH = ['ApplicationStop', 'DownloadBundle', 'BeforeInstall', 'Install', 'ApplicationStart', 'ValidateService'];

async function deploy(cloud: PretendCloud, sample: string, events: readonly string[]): Promise<void> {
  const completed = cloud.completions.length;
  cloud.objects.set('/revisions/web.zip', await zipOf(join(SAMPLES, sample)));
  cloud.begin({ deploymentId: `d-${sample.toUpperCase()}-${completed}`, events, revision: REVISION });
  await cloud.until(() => cloud.completions.slice(completed).some(isLast));

  function isLast({ event, status, noopEvents }: PretendCloud['completions'][number]): boolean {
    return status === 'Failed' || [event, ...noopEvents].at(-1) === events.at(-1);
  }
}

it('web-app starts, answers over HTTP, and says goodbye', async () => {
  const [cloud, host] = [await PretendCloud.start(), temporaryDirectory()];
  startAgent(host, cloud);

  await deploy(cloud, 'web-app', LAUNCH);
  const answer = await fetch('http://127.77.66.55:8080/').then((response) => response.text());
  await deploy(cloud, 'web-app', ['ApplicationStop']);

  expect(cloud.completions.map(({ status }) => status)).not.toContain('Failed');
  expect(answer).toBe('web-app 1.0.0 on i-0abc\n');
  expect(readFileSync(join(host, 'var/log/web-app/farewell.log'), 'utf8')).toMatch(
    /web-app 1\.0\.0 on i-0abc says goodbye/,
  );
  await expect(fetch('http://127.77.66.55:8080/')).rejects.toThrow();
});

it('broken-start fails with the reason in its last lines', async () => {
  const cloud = await PretendCloud.start();
  startAgent(temporaryDirectory(), cloud);

  await deploy(cloud, 'broken-start', LAUNCH);

  expect(cloud.completions.at(-1)).toMatchObject({
    event: 'ApplicationStart',
    diagnostics: {
      message: 'Script at specified location: scripts/start.sh failed with exit code 1',
      log: expect.stringContaining('its database is out of reach') as string,
    },
  });
});

it('broken-stop starts well and fails to stop with exit code 3', async () => {
  const [cloud, host] = [await PretendCloud.start(), temporaryDirectory()];
  startAgent(host, cloud);

  await deploy(cloud, 'broken-stop', LAUNCH);
  await deploy(cloud, 'broken-stop', ['ApplicationStop']);
  process.kill(Number(readFileSync(join(host, 'run/web-app.pid'), 'utf8')));

  expect(cloud.completions.map(({ status }) => status)).toEqual([...Array<string>(5).fill('Succeeded'), 'Failed']);
  expect(cloud.completions.at(-1)?.diagnostics.message).toMatch(/failed with exit code 3\. This script is not of/);
});

it('frozen-agent stops its agent in the middle of its work', async () => {
  const cloud = await PretendCloud.start();
  const agent = startAgent(temporaryDirectory(), cloud);

  cloud.objects.set('/revisions/web.zip', await zipOf(join(SAMPLES, 'frozen-agent')));
  cloud.begin({ deploymentId: 'd-FROZEN', events: LAUNCH, revision: REVISION });
  const state = (): string | undefined =>
    /^State:\s+(\w)/m.exec(readFileSync(`/proc/${agent.pid}/status`, 'utf8'))?.[1];

  await expect.poll(state, { timeout: 5000 }).toBe('T');
});

it('slow-start allows its start script more than the eleven minutes it takes', () => {
  const script = readFileSync(join(SAMPLES, 'slow-start/scripts/start.sh'), 'utf8');
  const appSpec = parseAppSpec(readFileSync(join(SAMPLES, 'slow-start/appspec.yml'), 'utf8'));

  const seconds = Number(/^sleep (\d+)$/m.exec(script)?.[1]);

  expect(seconds).toBeGreaterThan(600);
  expect(appSpec.hooks.get('ApplicationStart')?.[0]?.timeoutSeconds).toBeGreaterThan(seconds);
});

it.each([
  ['slow-start', ['VERSION', 'appspec.yml', 'scripts/start.sh']],
  ['broken-stop', ['VERSION', 'scripts/stop.sh']],
  ['reboot', ['appspec.yml']],
])('%s differs from web-app in %j only', (sample, own) => {
  const read = (from: string, name: string): string => readFileSync(join(SAMPLES, from, name), 'utf8');
  const names = readdirSync(join(SAMPLES, 'web-app'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(SAMPLES, 'web-app/').length));

  expect(names.filter((name) => read(sample, name) !== read('web-app', name)).sort()).toEqual(own);
});
