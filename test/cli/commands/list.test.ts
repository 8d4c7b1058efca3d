import { expect, it } from 'vitest';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';

const aws = fakeAws();

const revision = { revisionType: 'GitHub', gitHubLocation: { repository: 'acme/web', commitId: '0123abc' } };

it('lists applications and deployment groups, all pages of them', async () => {
  aws.on('ListApplications', ({ nextToken }) =>
    nextToken === undefined ? { applications: ['api'], nextToken: 'more' } : { applications: ['web'] },
  );
  aws.on('ListDeploymentGroups', () => ({ applicationName: 'web', deploymentGroups: ['blue', 'green'] }));

  expect((await slipway('list', 'applications')).out).toEqual(['api', 'web']);
  expect((await slipway('list', 'groups', '-a', 'web')).out).toEqual(['blue', 'green']);
});

it('lists revisions by their last use', async () => {
  aws.on('ListApplicationRevisions', () => ({ revisions: [revision] }));

  expect((await slipway('list', 'revisions', '-a', 'web')).out).toEqual(['acme/web@0123abc']);
  expect(aws.inputs('ListApplicationRevisions')[0]).toMatchObject({ sortBy: 'lastUsedTime', sortOrder: 'descending' });
});

it('lists deployments newest first, in columns, and no more than wanted', async () => {
  const ids = ['d-NEWEST123', 'd-OLDER1234', 'd-OLDEST123'];
  aws.on('ListDeployments', () => ({ deployments: ids }));
  aws.on('BatchGetDeployments', ({ deploymentIds }) => ({
    deploymentsInfo: (deploymentIds as string[]).toReversed().map((deploymentId) => ({
      ...{ deploymentId, revision, applicationName: 'web', deploymentGroupName: 'blue', creator: 'user' },
      status: deploymentId === 'd-NEWEST123' ? 'InProgress' : 'Failed',
      createTime: Date.parse('2026-05-04T12:00:00Z') / 1000,
    })),
  }));

  const { out } = await slipway('list', 'deployments', '-a', 'web', '-g', 'blue', '--limit', '2');

  expect(out).toEqual([
    'd-NEWEST123  InProgress  2026-05-04T12:00:00.000Z  web/blue  user  acme/web@0123abc',
    'd-OLDER1234  Failed      2026-05-04T12:00:00.000Z  web/blue  user  acme/web@0123abc',
  ]);
  expect(aws.inputs('BatchGetDeployments')).toEqual([{ deploymentIds: ids.slice(0, 2) }]);
});

it('is an array for machines, and an empty one is said to people too', async () => {
  aws.on('ListApplications', () => ({ applications: [] }));

  expect(await slipway('list', 'applications', '--json')).toEqual({
    ...{ code: 0, out: ['[]'], err: ['There are no applications.'] },
  });
});

it('says which applications there are instead of one that is not', async () => {
  aws.on('ListDeploymentGroups', () => {
    throw new Refused('ApplicationDoesNotExistException', 'No application found for name: wbe');
  });

  const { code, err } = await slipway('list', 'groups', '-a', 'wbe');

  expect({ code, err }).toEqual({
    code: 1,
    err: ['slipway list: No application found for name: wbe. Those that exist: slipway list applications.'],
  });
});

it.each([
  [[]],
  [['hosts']],
  [['groups']],
  [['revisions']],
  [['deployments', '-a', 'web']],
  [['deployments', '--limit', 'all']],
  [['applications', 'groups']],
])('answers %j with code 2', async (args) => {
  expect((await slipway('list', ...args)).code).toBe(2);
});
