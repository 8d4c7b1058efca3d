import {
  AddTagsToOnPremisesInstancesCommand,
  type AddTagsToOnPremisesInstancesCommandInput,
  DeregisterOnPremisesInstanceCommand,
  GetOnPremisesInstanceCommand,
  RegisterOnPremisesInstanceCommand,
  RemoveTagsFromOnPremisesInstancesCommand,
  type Tag,
} from '@aws-sdk/client-codedeploy';
import { beforeEach, describe, expect, it } from 'vitest';

import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const api = serveApi();

const WEB: Tag = { Key: 'role', Value: 'web' };
const DB: Tag = { Key: 'role', Value: 'db' };

type Input = Partial<AddTagsToOnPremisesInstancesCommandInput>;
const BOTH = { instanceNames: ['rack-1', 'rack-2'], tags: [WEB] };

const add = (input: Input) => api.client.send(new AddTagsToOnPremisesInstancesCommand({ ...BOTH, ...input }));
const remove = (input: Input) => api.client.send(new RemoveTagsFromOnPremisesInstancesCommand({ ...BOTH, ...input }));
const tagsOf = async (instanceName: string) =>
  (await api.client.send(new GetOnPremisesInstanceCommand({ instanceName }))).instanceInfo?.tags;
const manyTags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));

beforeEach(async () => {
  for (const instanceName of BOTH.instanceNames) {
    const iamUserArn = `arn:aws:iam::111122223333:user/${instanceName}`;
    await api.client.send(new RegisterOnPremisesInstanceCommand({ instanceName, iamUserArn }));
  }
});

const REFUSALS: readonly (readonly [string, Input, string])[] = [
  ['no instances', { instanceNames: [] }, 'InstanceNameRequiredException'],
  ['the name of an EC2 instance', { instanceNames: ['rack-1', 'i-0abc'] }, 'InvalidInstanceNameException'],
  ['an instance that is not there', { instanceNames: ['rack-1', 'rack-3'] }, 'InstanceNotRegisteredException'],
  [
    'more than a hundred instances',
    { instanceNames: Array.from({ length: 101 }, (_, index) => `rack-${index}`) },
    'InstanceLimitExceededException',
  ],
  ['no tags', { tags: [] }, 'TagRequiredException'],
  ['a tag without a key', { tags: [{ Value: 'web' }] }, 'InvalidTagException'],
  ['a tag without a value', { tags: [{ Key: 'role' }] }, 'InvalidTagException'],
  ['a key of 129 characters', { tags: [{ Key: 'a'.repeat(129), Value: 'v' }] }, 'InvalidTagException'],
  ['a value of 257 characters', { tags: [{ Key: 'k', Value: 'a'.repeat(257) }] }, 'InvalidTagException'],
  ['a key twice', { tags: [WEB, DB] }, 'InvalidTagException'],
  ['more tags than an instance can have', { tags: manyTags(11) }, 'TagLimitExceededException'],
];

describe('AddTagsToOnPremisesInstances', () => {
  it('adds tags to all that are named, and gives those that are there their new value', async () => {
    await add({ instanceNames: ['rack-1'], tags: [DB, { Key: 'site', Value: 'north' }] });

    await add({});

    expect(await tagsOf('rack-1')).toEqual(expect.arrayContaining([WEB, { Key: 'site', Value: 'north' }]));
    expect(await tagsOf('rack-2')).toEqual([WEB]);
  });

  it('adds to none when one would have too many', async () => {
    await add({ instanceNames: ['rack-2'], tags: manyTags(10) });

    expect((await refusal(add({}))).name).toBe('TagLimitExceededException');
    expect(await tagsOf('rack-1')).toEqual([]);
  });

  it('loses no tag when several are added at once', async () => {
    await Promise.all(manyTags(6).map((tag) => add({ instanceNames: ['rack-1'], tags: [tag] })));

    expect(await tagsOf('rack-1')).toHaveLength(6);
  });

  it('refuses an instance that was deregistered', async () => {
    await api.client.send(new DeregisterOnPremisesInstanceCommand({ instanceName: 'rack-2' }));

    expect((await refusal(add({}))).name).toBe('InstanceNotRegisteredException');
    expect(await tagsOf('rack-1')).toEqual([]);
  });

  it.each(REFUSALS)('refuses %s', async (_, input, name) => {
    expect((await refusal(add(input))).name).toBe(name);
    expect(await tagsOf('rack-1')).toEqual([]);
  });
});

describe('RemoveTagsFromOnPremisesInstances', () => {
  it('removes tags by key and value, and does not mind those that are not there', async () => {
    await add({ instanceNames: ['rack-1'], tags: [DB] });
    await add({ instanceNames: ['rack-2'], tags: [WEB] });

    await remove({ tags: [WEB, { Key: 'site', Value: 'north' }] });

    expect(await tagsOf('rack-1')).toEqual([DB]);
    expect(await tagsOf('rack-2')).toEqual([]);
  });

  it('may be repeated', async () => {
    await add({});
    await remove({});

    await expect(remove({})).resolves.toBeDefined();
  });
});
