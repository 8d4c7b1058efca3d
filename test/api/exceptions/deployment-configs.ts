import {
  CreateApplicationCommand,
  CreateDeploymentConfigCommand,
  CreateDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import { vi } from 'vitest';

import { family } from './life.ts';

const NAME = {
  DeploymentConfigNameRequired: { deploymentConfigName: undefined },
  InvalidDeploymentConfigName: { deploymentConfigName: 'a b' },
} as const;

export const deploymentConfigs = family(
  ['CreateDeploymentConfig', 'GetDeploymentConfig', 'DeleteDeploymentConfig', 'ListDeploymentConfigs'],
  async ({ api }) => {
    const minimumHealthyHosts = { type: 'HOST_COUNT', value: 1 } as const;
    for (const deploymentConfigName of ['mine', 'used']) {
      await api.client.send(new CreateDeploymentConfigCommand({ deploymentConfigName, minimumHealthyHosts }));
    }
    await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
    await api.client.send(
      new CreateDeploymentGroupCommand({
        ...{ applicationName: 'web', deploymentGroupName: 'fleet', deploymentConfigName: 'used' },
        serviceRoleArn: 'arn:aws:iam::111122223333:role/Deploy',
      }),
    );
    const fill = () => {
      const items = Array.from({ length: 200 }, (_, index) => `config-${index}`);
      vi.spyOn(api.ports.deploymentConfigs, 'names').mockResolvedValue({ items, last: undefined });
      return Promise.resolve({ deploymentConfigName: 'one-more' });
    };
    const another = { deploymentConfigName: 'another' };
    return {
      CreateDeploymentConfig: {
        input: { deploymentConfigName: 'new', minimumHealthyHosts },
        refusals: {
          ...NAME,
          DeploymentConfigAlreadyExists: {},
          InvalidComputePlatform: { ...another, computePlatform: 'Kubernetes' },
          InvalidMinimumHealthyHostValue: { ...another, minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 100 } },
          InvalidTrafficRoutingConfiguration: { ...another, trafficRoutingConfig: { type: 'AllAtOnce' } },
          InvalidZonalDeploymentConfiguration: { ...another, zonalConfig: { monitorDurationInSeconds: -1 } },
          DeploymentConfigLimitExceeded: fill,
        },
      },
      GetDeploymentConfig: {
        input: { deploymentConfigName: 'mine' },
        refusals: { ...NAME, DeploymentConfigDoesNotExist: { deploymentConfigName: 'nowhere' } },
      },
      DeleteDeploymentConfig: {
        input: { deploymentConfigName: 'mine' },
        refusals: {
          ...NAME,
          DeploymentConfigInUse: { deploymentConfigName: 'used' },
          InvalidOperation: { deploymentConfigName: 'CodeDeployDefault.AllAtOnce' },
        },
      },
      ListDeploymentConfigs: { input: {}, refusals: { InvalidNextToken: { nextToken: 'mine' } } },
    };
  },
);
