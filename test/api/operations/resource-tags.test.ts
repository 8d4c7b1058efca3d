import {
  CreateApplicationCommand,
  CreateDeploymentConfigCommand,
  ListTagsForResourceCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApplicationCommand,
} from '@aws-sdk/client-codedeploy';
import { beforeEach, describe, expect, it } from 'vitest';

import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { aDeploymentGroup, DECLARED_BY } from '../../lambdas/doubles/builders.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const api = serveApi();

const HERE = 'arn:aws:codedeploy:us-east-1:123456789012';
const WEB = `${HERE}:application:web`;
const BLUE: Tag = { Key: 'colour', Value: 'blue' };

const tag = (ResourceArn: string | undefined, Tags: Tag[] | undefined) =>
  api.client.send(new TagResourceCommand({ ResourceArn, Tags }));
const untag = (ResourceArn: string | undefined, TagKeys: string[] | undefined) =>
  api.client.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
const tagsOf = async (ResourceArn: string) =>
  (await api.client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;

beforeEach(async () => {
  await api.client.send(new CreateApplicationCommand({ applicationName: 'web', tags: [BLUE] }));
});

const UNKNOWN = [
  ['no ARN', undefined, 'ResourceArnRequiredException'],
  ['what is no ARN', 'web', 'InvalidArnException'],
  ['the ARN of a group without its name', `${HERE}:deploymentgroup:web`, 'InvalidArnException'],
  ['an ARN of another service', 'arn:aws:s3:::bucket', 'ArnNotSupportedException'],
  ['an on-premises instance', `${HERE}:instance/desk_abc`, 'ArnNotSupportedException'],
] as const;

const ABSENT = [
  ['an application that is not there', `${HERE}:application:shop`, 'ApplicationDoesNotExistException'],
  ['a group that is not there', `${HERE}:deploymentgroup:web/fleet`, 'DeploymentGroupDoesNotExistException'],
  ['a config that is not there', `${HERE}:deploymentconfig:half`, 'DeploymentConfigDoesNotExistException'],
] as const;

describe('TagResource', () => {
  it('adds tags and changes those that are there', async () => {
    await tag(WEB, [
      { Key: 'colour', Value: 'green' },
      { Key: 'team', Value: 'shop' },
    ]);

    expect(await tagsOf(WEB)).toEqual([
      { Key: 'colour', Value: 'green' },
      { Key: 'team', Value: 'shop' },
    ]);
  });

  it('tags deployment groups and deployment configs', async () => {
    await new TableDeploymentGroups(api.table, () => api.nowMs).declare(
      aDeploymentGroup({ applicationName: 'web', deploymentGroupName: 'fleet' }),
      DECLARED_BY,
    );
    await api.client.send(
      new CreateDeploymentConfigCommand({
        deploymentConfigName: 'half',
        minimumHealthyHosts: { type: 'HOST_COUNT', value: 1 },
      }),
    );

    for (const arn of [`${HERE}:deploymentgroup:web/fleet`, `${HERE}:deploymentconfig:half`]) {
      await tag(arn, [BLUE]);
      expect(await tagsOf(arn)).toEqual([BLUE]);
    }
  });

  it('leaves the tags on an application that is renamed', async () => {
    await api.client.send(new UpdateApplicationCommand({ applicationName: 'web', newApplicationName: 'shop' }));

    expect(await tagsOf(`${HERE}:application:shop`)).toEqual([BLUE]);
  });

  it.each([...UNKNOWN, ...ABSENT])('refuses %s', async (_, arn, name) => {
    expect((await refusal(tag(arn, [BLUE]))).name).toBe(name);
  });

  it.each([
    ['no tags', [], 'TagRequiredException'],
    ['a reserved key', [{ Key: 'aws:x', Value: '' }], 'InvalidTagsToAddException'],
    ['a value of 257 characters', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidTagsToAddException'],
    [
      'more than fifty in all',
      Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
      'InvalidTagsToAddException',
    ],
  ])('refuses %s', async (_, tags, name) => {
    expect((await refusal(tag(WEB, tags))).name).toBe(name);
  });
});

describe('UntagResource', () => {
  it('removes tags, and does not mind those that are not there', async () => {
    await untag(WEB, ['colour', 'team']);

    expect(await tagsOf(WEB)).toEqual([]);
  });
});

describe('ListTagsForResource', () => {
  it.each(ABSENT)('has no tags of %s', async (_, arn) => {
    expect(await tagsOf(arn)).toEqual([]);
  });
});
