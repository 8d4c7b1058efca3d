import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { TableApplications } from '../../../adapters/table/applications.ts';
import { TableDeploymentConfigs } from '../../../adapters/table/deployment-configs.ts';
import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { applicationNameKey } from '../../../adapters/table/keys.ts';
import { TableResourceTags } from '../../../adapters/table/resource-tags.ts';
import { aDeploymentGroup, DECLARED_BY } from '../../lambdas/doubles/builders.ts';
import { CLOCK, openDynamoDb } from './tables.ts';

let database: Awaited<ReturnType<typeof openDynamoDb>>;
let applications: TableApplications;

beforeEach(async () => {
  database = await openDynamoDb();
  applications = new TableApplications(database.table);
});
afterEach(() => database.close());

const anApplication = (applicationName: string, applicationId = `id-of-${applicationName}`) =>
  ({ applicationId, applicationName, computePlatform: 'Server', createdAtMs: 1000 }) as const;
const found = async (applicationName: string) => {
  const application = await applications.byName(applicationName);
  if (!application) throw new Error(`There is no application ${applicationName}`);
  return application;
};

describe('applications', () => {
  it('are not found by a name whose record is gone, and leave the name to another', async () => {
    await database.table.put(applicationNameKey('web'), { applicationId: 'gone', recordName: 'web' }, {});

    expect(await applications.byName('web')).toBeUndefined();
    expect(await applications.create(anApplication('web'))).toBe('created');
    expect(await found('web')).toMatchObject({ applicationId: 'id-of-web' });
  });

  it('complete a rename that broke off before the old name was gone', async () => {
    await applications.create(anApplication('web'));
    const { recordName } = await found('web');
    await database.table.put(applicationNameKey('shop'), { applicationId: 'id-of-web', recordName }, {});

    expect(await applications.rename(await found('web'), 'shop')).toBe('renamed');
    expect((await applications.names(undefined, 10)).items).toEqual(['shop']);
  });

  it('keep what a template declares, though their name is another’s by now', async () => {
    const groups = new TableDeploymentGroups(database.table, CLOCK);
    const group = aDeploymentGroup({ applicationName: 'web', deploymentGroupName: 'fleet' });
    await groups.declare(group, DECLARED_BY);
    const before = await found('web');
    await applications.keep(before);
    await applications.rename(before, 'shop');
    await applications.create(anApplication('web'));

    expect(await groups.declare({ ...group, deploysTerminations: false }, DECLARED_BY)).toBe('declared');

    expect(await groups.byName(group)).toMatchObject({ deploysTerminations: false });
    expect((await found('shop')).recordName).toBe('web');
    expect((await found('web')).recordName).toBe('id-of-web');
  });

  it('are deleted by whoever repeats a deletion, with all that is left', async () => {
    await applications.create(anApplication('web'));
    const application = await found('web');

    await Promise.all([applications.delete(application), applications.delete(application)]);

    expect((await applications.names(undefined, 10)).items).toEqual([]);
    expect((await database.table.query('APPLICATION#web')).items).toEqual([]);
  });
});

describe('deployment configs', () => {
  const config = {
    deploymentConfigName: 'careful',
    deploymentConfigId: 'id-of-careful',
    computePlatform: 'Server',
    minimumHealthyHosts: { type: 'HOST_COUNT', value: 1 },
    createdAtMs: 1000,
  } as const;

  it('stay as long as a deployment group uses them', async () => {
    const configs = new TableDeploymentConfigs(database.table);
    expect(await configs.use('careful', 'group-1')).toBe('gone');
    await configs.create(config);
    await configs.use('careful', 'group-1');
    await configs.use('careful', 'group-2');

    await configs.release('careful', 'group-1');
    await configs.release('careful', 'group-1');
    expect(await configs.delete('careful')).toBe('in use');

    await configs.release('careful', 'group-2');
    expect(await configs.delete('careful')).toBe('deleted');
    expect(await configs.byName('careful')).toBeUndefined();
  });

  it('are created once', async () => {
    const configs = new TableDeploymentConfigs(database.table);

    const outcomes = await Promise.all([configs.create(config), configs.create(config)]);

    expect(outcomes.sort()).toEqual(['created', 'exists']);
  });
});

describe('tags of resources', () => {
  it('are kept by key, and none is lost to another caller', async () => {
    const tags = new TableResourceTags(database.table);

    await Promise.all([tags.add('web', { team: 'red', pk: 'no key' }), tags.add('web', { site: 'north' })]);
    await tags.remove('web', ['team', 'unknown']);

    expect(await tags.of('web')).toEqual({ pk: 'no key', site: 'north' });
  });

  it('are gone when they are forgotten', async () => {
    const tags = new TableResourceTags(database.table);
    await tags.add('web', { team: 'red' });

    await tags.forget('web');

    expect(await tags.of('web')).toEqual({});
  });
});
