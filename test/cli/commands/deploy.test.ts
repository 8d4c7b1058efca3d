import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { unpack } from '../../../agent/bundle/unpack.ts';
import { writeFileSync } from 'node:fs';
import { readTree, writeTree } from '../../agent/support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { aDeployment, aFailedEvent, aTarget, DEPLOYMENT_ID, targets } from '../support/deployments.ts';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';

const aws = fakeAws();
const GROUP = ['--application', 'web', '--group', 'web-fleet'];

beforeEach(() => {
  aws.on('RegisterApplicationRevision', () => ({}));
  aws.on('CreateDeployment', () => ({ deploymentId: DEPLOYMENT_ID }));
  aws.on('GetDeployment', () => aDeployment());
  for (const [operation, answer] of Object.entries(targets({ 'i-0a1': aTarget('i-0a1') }))) aws.on(operation, answer);
});

function aRevision(
  appSpec = 'version: 0.0\nos: linux\nfiles:\n  - source: index.html\n    destination: /srv/web\n',
): string {
  const directory = temporaryDirectory();
  writeTree(directory, {
    'appspec.yml': appSpec,
    'index.html': 'hello',
    'scripts/start.sh': { script: '#!/bin/sh\n' },
  });
  return directory;
}

describe('a directory', () => {
  it('is packed, uploaded, registered, deployed and followed', async () => {
    const directory = aRevision();

    const { code, out, err } = await slipway('deploy', directory, ...GROUP, '--bucket', 'revisions');

    const [[path, bundle] = ['', Buffer.alloc(0)]] = aws.objects;
    const [, key] = /^\/revisions\/(web\/[0-9a-f]{64}\.zip)$/.exec(path) ?? [];
    const eTag = '5f70bf18a086007016e948b04aed3b82';
    const revision = { revisionType: 'S3', s3Location: { bucket: 'revisions', key, bundleType: 'zip', eTag } };
    expect(aws.inputs('RegisterApplicationRevision')).toEqual([{ applicationName: 'web', revision }]);
    expect(aws.inputs('CreateDeployment')).toEqual([
      { applicationName: 'web', deploymentGroupName: 'web-fleet', revision },
    ]);
    expect({ code, out }).toEqual({
      code: 0,
      out: [
        '12:00:32  i-0a1  ApplicationStop Succeeded (2.0 s)',
        '12:00:32  i-0a1  ApplicationStart Succeeded (2.0 s)',
        '12:00:40  i-0a1  Succeeded',
        '12:01:00  d-ABCDEF123  Succeeded: 1 succeeded',
      ],
    });
    expect(err).toEqual([
      `Uploaded s3://revisions/${key} (${bundle.length} bytes)`,
      `Deploying s3://revisions/${key} to web/web-fleet: d-ABCDEF123`,
    ]);
  });

  it('arrives as the agent unpacks it', async () => {
    const directory = aRevision();

    await slipway('deploy', directory, ...GROUP, '-b', 'revisions', '--no-follow');

    const place = temporaryDirectory();
    const [bundle = Buffer.alloc(0)] = aws.objects.values();
    writeFileSync(join(place, 'bundle.zip'), bundle);
    const archive = join(place, 'archive');
    await unpack('zip', { bundle: join(place, 'bundle.zip'), unfinished: join(place, 'unfinished'), archive });
    expect(readTree(archive)).toEqual(readTree(directory));
  });

  it('is uploaded once as long as it does not change', async () => {
    const directory = aRevision();

    await slipway('deploy', directory, ...GROUP, '-b', 'revisions', '--no-follow');
    const { err } = await slipway('deploy', directory, ...GROUP, '-b', 'revisions', '--no-follow');

    expect(aws.objects.size).toBe(1);
    expect(err[0]).toMatch(/^Already uploaded: s3:/);
  });

  it('is not uploaded when it is not valid', async () => {
    const { code, out, err } = await slipway('deploy', aRevision('version: 1.0\n'), ...GROUP, '-b', 'revisions');

    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(err[0]).toMatch(/^appspec\.yml:1:\d+: error: /);
    expect(err.at(-1)).toMatch(/is not valid, and nothing was uploaded$/);
    expect(aws.calls).toEqual([]);
  });
});

it('deploys what lies in S3 or on GitHub', async () => {
  await slipway('deploy', '--s3-location', 's3://revisions/web-1.tgz', ...GROUP, '--no-follow');
  await slipway('deploy', '--github-location', 'acme/web@0123abcd', ...GROUP, '--no-follow');

  expect(aws.inputs('CreateDeployment').map(({ revision }) => revision)).toEqual([
    { revisionType: 'S3', s3Location: { bucket: 'revisions', key: 'web-1.tgz', bundleType: 'tgz' } },
    { revisionType: 'GitHub', gitHubLocation: { repository: 'acme/web', commitId: '0123abcd' } },
  ]);
});

it('passes on how to deploy', async () => {
  const how = ['--config', 'CodeDeployDefault.AllAtOnce', '--description', 'hurry', '--file-exists-behavior', 'RETAIN'];
  const flags = ['--ignore-application-stop-failures', '--update-outdated-instances-only', '--no-follow'];

  const { out } = await slipway('deploy', '--s3-location', 's3://b/k.zip', ...GROUP, ...how, ...flags);

  expect(out).toEqual([DEPLOYMENT_ID]);
  expect(aws.inputs('CreateDeployment')[0]).toMatchObject({
    deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
    description: 'hurry',
    fileExistsBehavior: 'RETAIN',
    ignoreApplicationStopFailures: true,
    updateOutdatedInstancesOnly: true,
  });
});

it('fails with the deployment, and shows what the script said', async () => {
  const failed = { errorInformation: { code: 'HEALTH_CONSTRAINTS', message: 'Too few hosts succeeded' } };
  const rollbackInfo = { rollbackDeploymentId: 'd-ROLLBACK1' };
  const deploymentOverview = { Failed: 1, Skipped: 5 };
  aws.on('GetDeployment', () => aDeployment({ status: 'Failed', ...failed, rollbackInfo, deploymentOverview }));
  const target = aTarget('i-0a1', { status: 'Failed', lifecycleEvents: [aFailedEvent('ApplicationStart')] });
  aws.on('BatchGetDeploymentTargets', () => ({ deploymentTargets: [target] }));

  const { code, out } = await slipway('deploy', '--s3-location', 's3://b/k.zip', ...GROUP);

  expect(code).toBe(1);
  expect(out).toEqual([
    '12:00:32  i-0a1  ApplicationStart Failed (2.0 s)',
    '          ScriptFailed in scripts/start.sh: Script at specified location: scripts/start.sh failed with exit code 1',
    '          | [stdout] starting',
    '          | [stderr] no such port',
    '12:00:40  i-0a1  Failed',
    '12:01:00  d-ABCDEF123  Failed: 1 failed, 5 skipped',
    '          HEALTH_CONSTRAINTS: Too few hosts succeeded',
    '          Rolled back by d-ROLLBACK1',
  ]);
});

it('prints one JSON object per change for machines', async () => {
  const { out } = await slipway('deploy', '--s3-location', 's3://b/k.zip', ...GROUP, '--json');

  const changes = out.map((line) => JSON.parse(line) as object);
  expect(changes.at(0)).toEqual({
    type: 'event',
    at: '2026-05-04T12:00:32.000Z',
    deploymentId: DEPLOYMENT_ID,
    targetId: 'i-0a1',
    lifecycleEvent: 'ApplicationStop',
    status: 'Succeeded',
    seconds: 2,
  });
  expect(changes.at(-1)).toMatchObject({ type: 'deployment', status: 'Succeeded', overview: { Succeeded: 1 } });
});

it('says what to do about a deployment that is already running', async () => {
  aws.on('CreateDeployment', () => {
    throw new Refused('DeploymentLimitExceededException', "The group already has an active Deployment 'd-RUNNING12'.");
  });

  const { code, err } = await slipway('deploy', '--s3-location', 's3://b/k.zip', ...GROUP);

  expect(code).toBe(1);
  expect(err).toEqual([
    "slipway deploy: The group already has an active Deployment 'd-RUNNING12'. Watch that one with slipway status ID --follow, or end it with slipway stop ID.",
  ]);
});

it.each([
  [['.', '--group', 'g'], /--application NAME is missing/],
  [['.', '--application', 'a'], /--group NAME is missing/],
  [[...GROUP], /name one directory or bundle, --s3-location, or --github-location/],
  [['.', '--s3-location', 's3://b/k.zip', ...GROUP], /name one directory or bundle/],
  [['.', ...GROUP], /--bucket NAME is missing/],
  [['--s3-location', 's3://b/k.txt', ...GROUP], /is no bundle: give a \.zip/],
  [['--s3-location', 'b/k.zip', ...GROUP], /is no place in S3/],
  [['--github-location', 'acme/web', ...GROUP], /is no commit/],
  [['--s3-location', 's3://b/k.zip', ...GROUP, '--file-exists-behavior', 'KEEP'], /give DISALLOW, OVERWRITE, RETAIN/],
  [['--s3-location', 's3://b/k.zip', ...GROUP, '--timeout', 'soon'], /--timeout soon is no time/],
])('answers the wrong command line %j with code 2', async (args, message) => {
  const { code, err } = await slipway('deploy', ...args);

  expect(code).toBe(2);
  expect(err[0]).toMatch(message);
  expect(aws.calls).toEqual([]);
});
