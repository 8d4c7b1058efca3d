import {
  BatchGetOnPremisesInstancesCommand,
  DeregisterOnPremisesInstanceCommand,
  GetOnPremisesInstanceCommand,
  ListOnPremisesInstancesCommand,
  type ListOnPremisesInstancesCommandInput,
  RegisterOnPremisesInstanceCommand,
  type RegisterOnPremisesInstanceCommandInput,
  AddTagsToOnPremisesInstancesCommand,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';

import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const api = serveApi();

const user = (name: string) => `arn:aws:iam::111122223333:user/AWS/CodeDeploy/${name}`;
const session = (name: string) => `arn:aws:sts::111122223333:assumed-role/Rack/${name}`;

const register = (instanceName: string, input: Partial<RegisterOnPremisesInstanceCommandInput> = {}) =>
  api.client.send(new RegisterOnPremisesInstanceCommand({ instanceName, iamUserArn: user(instanceName), ...input }));
const deregister = (instanceName: string | undefined) =>
  api.client.send(new DeregisterOnPremisesInstanceCommand({ instanceName }));
const get = async (instanceName: string | undefined) =>
  (await api.client.send(new GetOnPremisesInstanceCommand({ instanceName }))).instanceInfo;
const batch = (instanceNames: string[] | undefined) =>
  api.client.send(new BatchGetOnPremisesInstancesCommand({ instanceNames }));
const list = async (input: ListOnPremisesInstancesCommandInput = {}) =>
  (await api.client.send(new ListOnPremisesInstancesCommand(input))).instanceNames;
const tag = (instanceName: string, Key: string, Value: string) =>
  api.client.send(new AddTagsToOnPremisesInstancesCommand({ instanceNames: [instanceName], tags: [{ Key, Value }] }));

describe('RegisterOnPremisesInstance', () => {
  it('registers an instance with a user of its own', async () => {
    await register('rack-1');

    expect(await get('rack-1')).toEqual({
      instanceName: 'rack-1',
      instanceArn: expect.stringMatching(
        /^arn:aws:codedeploy:us-east-1:123456789012:instance\/rack-1_[0-9A-Za-z]{10}$/,
      ) as string,
      iamUserArn: user('rack-1'),
      registerTime: new Date(api.nowMs),
      tags: [],
    });
  });

  it('registers instances that share a role, each with a session name of its own', async () => {
    await register('rack-1', { iamUserArn: undefined, iamSessionArn: session('one') });
    await register('rack-2', { iamUserArn: undefined, iamSessionArn: session('two') });

    expect(await get('rack-2')).toMatchObject({ iamSessionArn: session('two') });
  });

  it('registers one anew that was deregistered, with another ARN and without its tags', async () => {
    await register('rack-1');
    await tag('rack-1', 'role', 'web');
    const before = await get('rack-1');
    await deregister('rack-1');

    await register('rack-1');

    const after = await get('rack-1');
    expect(after?.instanceArn).not.toBe(before?.instanceArn);
    expect(after?.deregisterTime).toBeUndefined();
    expect(after?.tags).toEqual([]);
  });

  it('refuses a name that is registered', async () => {
    await register('rack-1');

    const call = register('rack-1', { iamUserArn: user('another') });

    expect((await refusal(call)).name).toBe('InstanceNameAlreadyRegisteredException');
  });

  it('refuses an identity that another registered instance has', async () => {
    await register('rack-1');
    await register('rack-2', { iamUserArn: undefined, iamSessionArn: session('one') });

    const [asUser, asSession] = [
      register('rack-3', { iamUserArn: user('rack-1') }),
      register('rack-4', { iamUserArn: undefined, iamSessionArn: session('one') }),
    ];

    expect((await refusal(asUser)).name).toBe('IamUserArnAlreadyRegisteredException');
    expect((await refusal(asSession)).name).toBe('IamSessionArnAlreadyRegisteredException');
    expect(await list()).toEqual(['rack-1', 'rack-2']);
  });

  it('takes an identity that its instance gave back', async () => {
    await register('rack-1');
    await deregister('rack-1');

    await register('rack-2', { iamUserArn: user('rack-1') });

    expect(await list({ registrationStatus: 'Registered' })).toEqual(['rack-2']);
  });

  it.each<readonly [string, Partial<RegisterOnPremisesInstanceCommandInput>, string]>([
    ['no identity', { iamUserArn: undefined }, 'IamArnRequiredException'],
    ['two identities', { iamSessionArn: session('one') }, 'MultipleIamArnsProvidedException'],
    ['a role for a user', { iamUserArn: 'arn:aws:iam::111122223333:role/Rack' }, 'InvalidIamUserArnException'],
    [
      'a role for a session',
      { iamUserArn: undefined, iamSessionArn: 'arn:aws:sts::111122223333:assumed-role/Rack' },
      'InvalidIamSessionArnException',
    ],
  ])('refuses %s', async (_, input, name) => {
    expect((await refusal(register('rack-1', input))).name).toBe(name);
    expect(await list()).toEqual([]);
  });
});

describe('DeregisterOnPremisesInstance', () => {
  it('leaves the instance to be read, with its tags and the time', async () => {
    await register('rack-1');
    await tag('rack-1', 'role', 'web');
    api.nowMs += 1000;

    await deregister('rack-1');

    expect(await get('rack-1')).toMatchObject({
      deregisterTime: new Date(api.nowMs),
      tags: [{ Key: 'role', Value: 'web' }],
    });
  });

  it('changes nothing when it is repeated', async () => {
    await register('rack-1');
    await deregister('rack-1');
    const before = await get('rack-1');
    api.nowMs += 1000;

    await deregister('rack-1');

    expect(await get('rack-1')).toEqual(before);
  });

  it('succeeds for one that never was', async () => {
    await expect(deregister('rack-1')).resolves.toBeDefined();
  });
});

describe('GetOnPremisesInstance', () => {
  it('refuses an instance that never was', async () => {
    expect(await refusal(get('rack-1'))).toEqual({
      name: 'InstanceNotRegisteredException',
      message: 'No on-premises instance is registered with the name: rack-1',
    });
  });
});

describe('BatchGetOnPremisesInstances', () => {
  it('tells of the instances that it finds, and leaves the others out', async () => {
    await register('rack-1');
    await register('rack-2');

    const { instanceInfos } = await batch(['rack-2', 'rack-3', 'rack-1']);

    expect(instanceInfos?.map(({ instanceName }) => instanceName)).toEqual(['rack-2', 'rack-1']);
  });
});

describe('ListOnPremisesInstances', () => {
  it('lists registered instances, deregistered ones, or both', async () => {
    await register('rack-1');
    await register('rack-2');
    await deregister('rack-1');

    expect(await list()).toEqual(['rack-1', 'rack-2']);
    expect(await list({ registrationStatus: 'Registered' })).toEqual(['rack-2']);
    expect(await list({ registrationStatus: 'Deregistered' })).toEqual(['rack-1']);
  });

  it('lists instances with any of several tags', async () => {
    for (const name of ['rack-1', 'rack-2', 'rack-3']) await register(name);
    await tag('rack-1', 'role', 'web');
    await tag('rack-2', 'role', 'db');

    expect(await list({ tagFilters: [{ Type: 'KEY_ONLY', Key: 'role' }] })).toEqual(['rack-1', 'rack-2']);
    expect(await list({ tagFilters: [{ Type: 'VALUE_ONLY', Value: 'db' }] })).toEqual(['rack-2']);
    expect(
      await list({
        tagFilters: [
          { Type: 'KEY_AND_VALUE', Key: 'role', Value: 'web' },
          { Type: 'KEY_AND_VALUE', Key: 'role', Value: 'cache' },
        ],
      }),
    ).toEqual(['rack-1']);
  });

  it('gives full pages of a hundred, also of what a filter leaves', async () => {
    const names = Array.from({ length: 202 }, (_, index) => `rack-${String(index).padStart(3, '0')}`);
    const instance = (instanceName: string, index: number) => ({
      instanceName,
      instanceArn: `arn:${instanceName}`,
      identity: { kind: 'user' as const, arn: user(instanceName) },
      registeredAtMs: 0,
      tags: index % 2 === 0 ? { even: 'yes' } : {},
      tagsVersion: 0,
    });
    await Promise.all(
      names.map((sk, index) => api.table.put({ pk: 'ON_PREMISES_INSTANCES', sk }, instance(sk, index), {})),
    );
    const tagFilters = [{ Type: 'KEY_ONLY' as const, Key: 'even' }];

    const first = await api.client.send(new ListOnPremisesInstancesCommand({ tagFilters }));
    const second = await api.client.send(
      new ListOnPremisesInstancesCommand({ tagFilters, nextToken: first.nextToken }),
    );

    expect(first.instanceNames).toHaveLength(100);
    expect(second.nextToken).toBeUndefined();
    expect([...(first.instanceNames ?? []), ...(second.instanceNames ?? [])]).toEqual(
      names.filter((_, index) => index % 2 === 0),
    );
  });

  it.each<readonly [string, object, string]>([
    ['another status', { registrationStatus: 'Retired' }, 'InvalidRegistrationStatusException'],
    ['a filter without a type', { tagFilters: [{ Key: 'role' }] }, 'InvalidTagFilterException'],
    [
      'a filter for a key with a value',
      { tagFilters: [{ Type: 'KEY_ONLY', Key: 'role', Value: 'web' }] },
      'InvalidTagFilterException',
    ],
    ['a token that it did not give', { nextToken: 'made up' }, 'InvalidNextTokenException'],
  ])('refuses %s', async (_, input, name) => {
    expect((await refusal(list(input))).name).toBe(name);
  });
});
