import { beforeEach, expect, it } from 'vitest';
import { aDeployment, DEPLOYMENT_ID } from '../support/deployments.ts';
import { fakeAws } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';

const aws = fakeAws();
const ARGS = ['--application', 'web', '--group', 'web-fleet', '--no-follow'];

const revision = (name: string): object => ({
  revisionType: 'S3',
  s3Location: { bucket: 'revisions', key: `web/${name}.zip`, bundleType: 'zip' },
});

/** A group that is meant to run `current` and has these successful deployments, newest first: id, revision, creator. */
function history(current: string | undefined, successes: readonly (readonly [string, string, string?])[]): void {
  aws.on('GetDeploymentGroup', () => ({
    deploymentGroupInfo: { ...(current !== undefined && { targetRevision: revision(current) }) },
  }));
  aws.on('ListDeployments', () => ({ deployments: successes.map(([id]) => id) }));
  aws.on('BatchGetDeployments', ({ deploymentIds }) => ({
    deploymentsInfo: successes
      .filter(([id]) => (deploymentIds as string[]).includes(id))
      .map(([deploymentId, name, creator = 'user']) => ({ deploymentId, creator, revision: revision(name) }))
      .reverse(),
  }));
}

beforeEach(() => {
  aws.on('CreateDeployment', () => ({ deploymentId: DEPLOYMENT_ID }));
});

it('deploys what succeeded before the current revision', async () => {
  history('3', [
    ['d-3', '3'],
    ['d-2', '2'],
    ['d-1', '1'],
  ]);

  const { code, out, err } = await slipway('rollback', ...ARGS);

  expect({ code, out }).toEqual({ code: 0, out: [DEPLOYMENT_ID] });
  expect(err).toEqual([
    'From s3://revisions/web/3.zip back to what d-2 deployed',
    'Deploying s3://revisions/web/2.zip to web/web-fleet: d-ABCDEF123',
  ]);
  expect(aws.inputs('ListDeployments')[0]).toMatchObject({ includeOnlyStatuses: ['Succeeded'] });
  expect(aws.inputs('CreateDeployment')).toEqual([
    {
      applicationName: 'web',
      deploymentGroupName: 'web-fleet',
      revision: revision('2'),
      description: 'Back to the revision of d-2',
    },
  ]);
});

it('goes back to the last success after a deployment that failed', async () => {
  history('3', [
    ['d-2', '2'],
    ['d-1', '1'],
  ]);

  await slipway('rollback', ...ARGS);

  expect(aws.inputs('CreateDeployment')[0]).toMatchObject({ revision: revision('2') });
});

it('follows the deployment to its end', async () => {
  history('3', [['d-2', '2']]);
  aws.on('GetDeployment', () => aDeployment());
  aws.on('ListDeploymentTargets', () => ({ targetIds: [] }));

  const { code, out } = await slipway('rollback', ...ARGS.slice(0, 4));

  expect({ code, out }).toEqual({ code: 0, out: ['12:01:00  d-ABCDEF123  Succeeded: 1 succeeded'] });
});

it('takes no notice of what Auto Scaling asked for', async () => {
  history('3', [
    ['d-9', '9', 'autoscaling'],
    ['d-1', '1'],
  ]);

  await slipway('rollback', ...ARGS);

  expect(aws.inputs('CreateDeployment')[0]).toMatchObject({ revision: revision('1') });
});

it.each([
  [
    'every success is of the current one',
    '1',
    [['d-1', '1']] as const,
    /no deployment to web\/web-fleet succeeded with another revision than s3:/,
  ],
  ['nothing was ever deployed', undefined, [] as const, /nothing was ever deployed to web\/web-fleet/],
])('has nothing to go back to when %s', async (_when, current, successes, message) => {
  history(current, successes);

  const { code, err } = await slipway('rollback', ...ARGS);

  expect(code).toBe(1);
  expect(err[0]).toMatch(message);
  expect(aws.inputs('CreateDeployment')).toEqual([]);
});
