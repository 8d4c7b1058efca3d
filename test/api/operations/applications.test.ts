import {
  BatchGetApplicationsCommand,
  CreateApplicationCommand,
  type CreateApplicationCommandInput,
  DeleteApplicationCommand,
  GetApplicationCommand,
  ListApplicationsCommand,
  paginateListApplications,
  UpdateApplicationCommand,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, it, vi } from 'vitest';

import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { aDeploymentGroup, DECLARED_BY } from '../../lambdas/doubles/builders.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const api = serveApi();

const UNNAMED = { applicationName: undefined };
const MISNAMED = { applicationName: 'web shop' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const create = (applicationName: string, input: Partial<CreateApplicationCommandInput> = {}) =>
  api.client.send(new CreateApplicationCommand({ applicationName, ...input }));

const get = async (applicationName: string) =>
  (await api.client.send(new GetApplicationCommand({ applicationName }))).application;

const rename = (applicationName: string, newApplicationName: string) =>
  api.client.send(new UpdateApplicationCommand({ applicationName, newApplicationName }));

const remove = (applicationName: string) => api.client.send(new DeleteApplicationCommand({ applicationName }));

const names = async () => (await api.client.send(new ListApplicationsCommand())).applications;

describe('CreateApplication', () => {
  it('makes an application for servers unless told otherwise', async () => {
    const { applicationId } = await create('web');

    expect(applicationId).toMatch(UUID);
    expect(await get('web')).toEqual({
      applicationId,
      applicationName: 'web',
      createTime: new Date(api.nowMs),
      linkedToGitHub: false,
      computePlatform: 'Server',
    });
  });

  it.each(['Lambda', 'ECS'] as const)('makes an application for %s', async (computePlatform) => {
    await create('functions', { computePlatform });

    expect(await get('functions')).toMatchObject({ computePlatform });
  });

  it('refuses a name that is taken', async () => {
    await create('web');

    expect(await refusal(create('web'))).toMatchObject({ name: 'ApplicationAlreadyExistsException' });
  });

  it('lets one of two win who create the same application at once', async () => {
    const outcomes = await Promise.allSettled([create('web'), create('web')]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await get('web')).toBeDefined();
  });

  it.each([
    ['no name', UNNAMED, 'ApplicationNameRequiredException'],
    ['an empty name', { applicationName: '' }, 'ApplicationNameRequiredException'],
    ['a name with a space', MISNAMED, 'InvalidApplicationNameException'],
    ['a name of 101 characters', { applicationName: 'a'.repeat(101) }, 'InvalidApplicationNameException'],
    [
      'a platform that there is not',
      { applicationName: 'web', computePlatform: 'Kubernetes' },
      'InvalidComputePlatformException',
    ],
    ['a reserved tag', { applicationName: 'web', tags: [{ Key: 'aws:x', Value: '' }] }, 'InvalidTagsToAddException'],
    ['a tag without a key', { applicationName: 'web', tags: [{ Value: 'v' }] }, 'InvalidTagsToAddException'],
    ['a tag twice', { applicationName: 'web', tags: [{ Key: 'k' }, { Key: 'k' }] }, 'InvalidTagsToAddException'],
  ])('refuses %s', async (_, input, name) => {
    const call = api.client.send(new CreateApplicationCommand(input as CreateApplicationCommandInput));

    expect((await refusal(call)).name).toBe(name);
    expect(await names()).toEqual([]);
  });

  it('refuses one more than an account may have', async () => {
    const items = Array.from({ length: 1000 }, (_, index) => `app-${index}`);
    vi.spyOn(api.ports.applications, 'names').mockResolvedValue({ items, last: undefined });

    expect(await refusal(create('one-more'))).toMatchObject({ name: 'ApplicationLimitExceededException' });
  });
});

describe('GetApplication', () => {
  it('knows the application of a deployment group that a template declares', async () => {
    const groups = new TableDeploymentGroups(api.table, () => api.nowMs);
    await groups.declare(aDeploymentGroup({ applicationName: 'shop' }), DECLARED_BY);

    expect(await get('shop')).toMatchObject({ applicationName: 'shop', computePlatform: 'Server' });
    expect(await names()).toEqual(['shop']);
  });

  it('says which application it did not find, in the words that tools look for', async () => {
    expect(await refusal(get('web'))).toEqual({
      name: 'ApplicationDoesNotExistException',
      message: 'No application found for name: web',
    });
  });
});

describe('BatchGetApplications', () => {
  const batch = (applicationNames: string[] | undefined) =>
    api.client.send(new BatchGetApplicationsCommand({ applicationNames }));

  it('tells of several applications', async () => {
    await create('web');
    await create('shop');

    const { applicationsInfo } = await batch(['shop', 'web']);

    expect(applicationsInfo?.map(({ applicationName }) => applicationName)).toEqual(['shop', 'web']);
  });

  it('fails as a whole for one that is not there', async () => {
    await create('web');

    expect((await refusal(batch(['web', 'shop']))).name).toBe('ApplicationDoesNotExistException');
  });
});

describe('UpdateApplication', () => {
  it('gives an application another name and leaves it the same application', async () => {
    const { applicationId } = await create('web');

    await rename('web', 'shop');

    expect(await get('shop')).toMatchObject({ applicationId, applicationName: 'shop' });
    expect((await refusal(get('web'))).name).toBe('ApplicationDoesNotExistException');
    expect(await names()).toEqual(['shop']);
  });

  it('frees the old name for another application, which has nothing of the first', async () => {
    const { applicationId } = await create('web');
    await rename('web', 'web-old');

    const second = await create('web');

    expect(second.applicationId).not.toBe(applicationId);
    const [one, other] = [await api.ports.applications.byName('web'), await api.ports.applications.byName('web-old')];
    expect(one?.recordName).not.toBe(other?.recordName);
  });

  it('completes a renaming that broke off half way', async () => {
    const { applicationId } = await create('web');
    const application = await api.ports.applications.byName('web');
    if (!application) throw new Error('It was made');
    await api.table.put({ pk: 'APPLICATIONS', sk: 'shop' }, { applicationId, recordName: application.recordName }, {});

    await rename('web', 'shop');

    expect(await names()).toEqual(['shop']);
  });

  it('refuses the name of another application', async () => {
    await create('web');
    await create('shop');

    expect((await refusal(rename('web', 'shop'))).name).toBe('ApplicationAlreadyExistsException');
    expect(await names()).toEqual(['shop', 'web']);
  });

  it.each([
    ['no name', { newApplicationName: 'shop' }, 'ApplicationNameRequiredException'],
    ['no new name', { applicationName: 'web' }, 'ApplicationNameRequiredException'],
    [
      'a new name with a space',
      { applicationName: 'web', newApplicationName: 'a b' },
      'InvalidApplicationNameException',
    ],
    [
      'an application that is not there',
      { applicationName: 'web', newApplicationName: 'shop' },
      'ApplicationDoesNotExistException',
    ],
  ])('refuses %s', async (_, input, name) => {
    expect((await refusal(api.client.send(new UpdateApplicationCommand(input)))).name).toBe(name);
  });
});

describe('DeleteApplication', () => {
  it('deletes an application with its deployment groups', async () => {
    const groups = new TableDeploymentGroups(api.table, () => api.nowMs);
    const group = aDeploymentGroup({ applicationName: 'shop' });
    await groups.declare(group, DECLARED_BY);

    await remove('shop');

    expect(await names()).toEqual([]);
    expect(await groups.byName(group)).toBeUndefined();
  });

  it('succeeds for one that is not there, and when it is repeated', async () => {
    await create('web');

    await remove('web');

    await expect(remove('web')).resolves.toBeDefined();
  });

  it('makes room for another application of the name', async () => {
    const { applicationId } = await create('web');
    await remove('web');

    const second = await create('web');

    expect(second.applicationId).not.toBe(applicationId);
  });
});

describe('ListApplications', () => {
  it('is empty at first', async () => {
    expect(await names()).toEqual([]);
  });

  it('gives pages of a hundred, each name once', async () => {
    const all = Array.from({ length: 201 }, (_, index) => `app-${String(index).padStart(3, '0')}`);
    await Promise.all(all.map((sk) => api.table.put({ pk: 'APPLICATIONS', sk }, {}, {})));

    const pages: (string[] | undefined)[] = [];
    for await (const page of paginateListApplications({ client: api.client }, {})) pages.push(page.applications);

    expect(pages.map((page) => page?.length)).toEqual([100, 100, 1]);
    expect(pages.flat()).toEqual(all);
  });

  it('refuses a token that it did not give', async () => {
    const call = api.client.send(new ListApplicationsCommand({ nextToken: 'made up' }));

    expect((await refusal(call)).name).toBe('InvalidNextTokenException');
  });
});
