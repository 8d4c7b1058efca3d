import {
  CreateDeploymentConfigCommand,
  type CreateDeploymentConfigCommandInput,
  DeleteDeploymentConfigCommand,
  GetDeploymentConfigCommand,
  ListDeploymentConfigsCommand,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, it, vi } from 'vitest';

import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const api = serveApi();

const HALF = { minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 } } as const;

const create = (deploymentConfigName: string, input: object = HALF) =>
  api.client.send(
    new CreateDeploymentConfigCommand({ deploymentConfigName, ...input } as CreateDeploymentConfigCommandInput),
  );
const get = async (deploymentConfigName: string) =>
  (await api.client.send(new GetDeploymentConfigCommand({ deploymentConfigName }))).deploymentConfigInfo;
const remove = (deploymentConfigName: string) =>
  api.client.send(new DeleteDeploymentConfigCommand({ deploymentConfigName }));
const list = (nextToken?: string) => api.client.send(new ListDeploymentConfigsCommand({ nextToken }));

describe('CreateDeploymentConfig', () => {
  it('makes a config for servers', async () => {
    const { deploymentConfigId } = await create('half');

    expect(await get('half')).toEqual({
      deploymentConfigId,
      deploymentConfigName: 'half',
      computePlatform: 'Server',
      createTime: new Date(api.nowMs),
      ...HALF,
    });
  });

  it('makes a config for functions', async () => {
    const trafficRoutingConfig = {
      type: 'TimeBasedCanary',
      timeBasedCanary: { canaryPercentage: 20, canaryInterval: 7 },
    };
    await create('canary', { computePlatform: 'Lambda', trafficRoutingConfig });

    expect(await get('canary')).toMatchObject({ computePlatform: 'Lambda', trafficRoutingConfig });
  });

  it.each([
    ['no name', '', HALF, 'DeploymentConfigNameRequiredException'],
    ['a name with a space', 'a b', HALF, 'InvalidDeploymentConfigNameException'],
    ['a reserved name', 'CodeDeployDefault.Mine', HALF, 'InvalidDeploymentConfigNameException'],
    ['an unknown platform', 'x', { ...HALF, computePlatform: 'Moon' }, 'InvalidComputePlatformException'],
    ['no minimum', 'x', {}, 'InvalidMinimumHealthyHostValueException'],
    ['no routing of traffic', 'x', { computePlatform: 'ECS' }, 'InvalidTrafficRoutingConfigurationException'],
    [
      'a wait of less than no time',
      'x',
      { ...HALF, zonalConfig: { monitorDurationInSeconds: -1 } },
      'InvalidZonalDeploymentConfigurationException',
    ],
  ])('refuses %s', async (_, name, input, code) => {
    expect((await refusal(create(name, input))).name).toBe(code);
  });

  it('refuses a name that is taken', async () => {
    await create('half');

    expect((await refusal(create('half'))).name).toBe('DeploymentConfigAlreadyExistsException');
  });

  it('refuses one more than an account may have', async () => {
    const items = Array.from({ length: 200 }, (_, index) => `config-${index}`);
    vi.spyOn(api.ports.deploymentConfigs, 'names').mockResolvedValue({ items, last: undefined });

    expect((await refusal(create('one-more'))).name).toBe('DeploymentConfigLimitExceededException');
  });

  it('says of one that is there that it is, also where there is no room for another', async () => {
    await create('mine');
    const items = Array.from({ length: 200 }, (_, index) => `config-${index}`);
    vi.spyOn(api.ports.deploymentConfigs, 'names').mockResolvedValue({ items, last: undefined });

    expect((await refusal(create('mine'))).name).toBe('DeploymentConfigAlreadyExistsException');
  });
});

describe('GetDeploymentConfig', () => {
  it('knows the built-in configs', async () => {
    expect(await get('CodeDeployDefault.OneAtATime')).toMatchObject({
      deploymentConfigId: '00000000-0000-0000-0000-000000000001',
      minimumHealthyHosts: { type: 'MOST_CONCURRENCY', value: 1 },
      createTime: expect.any(Date) as Date,
    });
  });
});

describe('DeleteDeploymentConfig', () => {
  it('deletes a config, however often it is asked to', async () => {
    await create('half');

    await remove('half');
    await remove('half');

    expect((await refusal(get('half'))).name).toBe('DeploymentConfigDoesNotExistException');
  });

  it('refuses while a deployment group refers to it, and no longer', async () => {
    await create('half');
    await api.ports.deploymentConfigs.use('half', 'a-group');

    expect((await refusal(remove('half'))).name).toBe('DeploymentConfigInUseException');

    await api.ports.deploymentConfigs.release('half', 'a-group');
    await expect(remove('half')).resolves.toBeDefined();
  });
});

describe('ListDeploymentConfigs', () => {
  it('names the built-in ones and those that were created', async () => {
    await create('half');

    const { deploymentConfigsList } = await list();

    expect(deploymentConfigsList).toHaveLength(18);
    expect(deploymentConfigsList).toEqual(expect.arrayContaining(['CodeDeployDefault.ECSAllAtOnce', 'half']));
  });

  it('gives the built-in ones once, on the first of several pages', async () => {
    const names = Array.from({ length: 90 }, (_, index) => `config-${String(index).padStart(2, '0')}`);
    await Promise.all(names.map((sk) => api.table.put({ pk: 'DEPLOYMENT_CONFIGS', sk }, {}, {})));

    const first = await list();
    const second = await list(first.nextToken);

    expect(first.deploymentConfigsList).toHaveLength(100);
    expect(second).toMatchObject({ deploymentConfigsList: names.slice(83) });
  });

  it('refuses a token of another list', async () => {
    expect((await refusal(list('made up'))).name).toBe('InvalidNextTokenException');
  });
});
