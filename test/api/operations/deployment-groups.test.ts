import {
  BatchGetDeploymentGroupsCommand,
  GetDeploymentGroupCommand,
  ListDeploymentGroupsCommand,
  UpdateApplicationCommand,
} from '@aws-sdk/client-codedeploy';
import { beforeEach, describe, expect, it } from 'vitest';

import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { aDeploymentGroup, DECLARED_BY, REVISION_ONE } from '../../lambdas/doubles/builders.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const api = serveApi();

const FLEET = { applicationName: 'web', deploymentGroupName: 'fleet' };

const get = (input: { applicationName?: string | undefined; deploymentGroupName?: string | undefined }) =>
  api.client.send(new GetDeploymentGroupCommand({ ...FLEET, ...input }));
const batch = (input: { applicationName?: string | undefined; deploymentGroupNames?: string[] | undefined }) =>
  api.client.send(
    new BatchGetDeploymentGroupsCommand({ applicationName: 'web', deploymentGroupNames: ['fleet'], ...input }),
  );
const list = (input: { applicationName?: string | undefined; nextToken?: string }) =>
  api.client.send(new ListDeploymentGroupsCommand({ applicationName: 'web', ...input }));

beforeEach(() =>
  new TableDeploymentGroups(api.table, () => api.nowMs).declare(
    aDeploymentGroup({ ...FLEET, revision: REVISION_ONE }),
    DECLARED_BY,
  ),
);

describe('GetDeploymentGroup', () => {
  it('tells of a group that a template declares', async () => {
    expect((await get({})).deploymentGroupInfo).toMatchObject({
      ...FLEET,
      computePlatform: 'Server',
      deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
      autoRollbackConfiguration: { enabled: false },
      outdatedInstancesStrategy: 'UPDATE',
      targetRevision: { revisionType: 'S3', s3Location: { bundleType: 'zip' } },
    });
  });

  it('finds the group, the same, after its application was renamed', async () => {
    const before = (await get({})).deploymentGroupInfo?.deploymentGroupId;

    await api.client.send(new UpdateApplicationCommand({ applicationName: 'web', newApplicationName: 'shop' }));

    expect((await get({ applicationName: 'shop' })).deploymentGroupInfo).toMatchObject({
      applicationName: 'shop',
      deploymentGroupId: before,
    });
  });

  it('says which group it did not find, in the words that tools look for', async () => {
    expect(await refusal(get({ deploymentGroupName: 'other' }))).toEqual({
      name: 'DeploymentGroupDoesNotExistException',
      message: 'No Deployment Group found for name: other',
    });
  });

  it('refuses what lacks a name before what has a wrong one', async () => {
    const refused = await refusal(get({ applicationName: 'a b', deploymentGroupName: '' }));

    expect(refused.name).toBe('DeploymentGroupNameRequiredException');
  });
});

describe('BatchGetDeploymentGroups', () => {
  it('tells of the groups that it finds, and names the others', async () => {
    const { deploymentGroupsInfo, errorMessage } = await batch({ deploymentGroupNames: ['fleet', 'other'] });

    expect(deploymentGroupsInfo?.map(({ deploymentGroupName }) => deploymentGroupName)).toEqual(['fleet']);
    expect(errorMessage).toBe('No Deployment Group found for name: other');
  });

  it('has an empty message when it finds them all', async () => {
    expect((await batch({})).errorMessage).toBe('');
  });
});

describe('ListDeploymentGroups', () => {
  it('names the groups of an application', async () => {
    expect(await list({})).toMatchObject({ applicationName: 'web', deploymentGroups: ['fleet'] });
  });

  it('gives pages of a hundred, and takes back no token of another application', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `g${String(index).padStart(3, '0')}`);
    await Promise.all(names.map((name) => api.table.put({ pk: 'APPLICATION#web', sk: `GROUP_NAME#${name}` }, {}, {})));
    await new TableDeploymentGroups(api.table, () => api.nowMs).declare(
      aDeploymentGroup({ ...FLEET, applicationName: 'shop' }),
      DECLARED_BY,
    );

    const { deploymentGroups, nextToken = '' } = await list({});

    expect(deploymentGroups).toHaveLength(100);
    expect(await list({ nextToken })).toMatchObject({ deploymentGroups: ['g099'] });
    expect((await refusal(list({ applicationName: 'shop', nextToken }))).name).toBe('InvalidNextTokenException');
  });
});
