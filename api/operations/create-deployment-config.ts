import type { CreateDeploymentConfigInput, CreateDeploymentConfigOutput } from '@aws-sdk/client-codedeploy';

import type { DeploymentConfig } from '../../core/deployment-configs/deployment-config.ts';
import { DeploymentConfigFault } from '../../core/deployment-configs/deployment-config-fault.ts';
import {
  type DeploymentConfigInput,
  readDeploymentConfig,
} from '../../core/deployment-configs/read-deployment-config.ts';
import {
  DeploymentConfigAlreadyExists,
  DeploymentConfigLimitExceeded,
  InvalidDeploymentConfig,
} from '../errors/deployment-config-errors.ts';
import type { Operation, Ports } from '../operation.ts';

/** CodeDeploy’s quota page says 50 by now, its guide 200: the one that refuses less. */
const MOST_CONFIGS = 200;

const MINIMUM = { type: 'text', value: 'number' } as const;

/**
 * Makes a deployment config, which never changes any more.
 * @throws DeploymentConfigNameRequired, InvalidDeploymentConfigName, DeploymentConfigAlreadyExists,
 *   InvalidMinimumHealthyHostValue, DeploymentConfigLimitExceeded, InvalidComputePlatform,
 *   InvalidTrafficRoutingConfiguration, InvalidZonalDeploymentConfiguration
 */
export const createDeploymentConfig: Operation<CreateDeploymentConfigInput, CreateDeploymentConfigOutput> = {
  input: {
    deploymentConfigName: 'text',
    minimumHealthyHosts: MINIMUM,
    trafficRoutingConfig: {
      type: 'text',
      timeBasedCanary: { canaryPercentage: 'number', canaryInterval: 'number' },
      timeBasedLinear: { linearPercentage: 'number', linearInterval: 'number' },
    },
    computePlatform: 'text',
    zonalConfig: {
      firstZoneMonitorDurationInSeconds: 'number',
      monitorDurationInSeconds: 'number',
      minimumHealthyHostsPerZone: MINIMUM,
    },
  },

  async run(input, ports) {
    const config = readConfig(input);
    const { deploymentConfigName } = config;
    if (await ports.deploymentConfigs.byName(deploymentConfigName)) {
      throw new DeploymentConfigAlreadyExists(deploymentConfigName);
    }
    await requireRoom(ports);

    const deploymentConfigId = ports.newId();
    const created = { ...config, deploymentConfigId, createdAtMs: ports.clock() };
    if ((await ports.deploymentConfigs.create(created)) === 'exists') {
      throw new DeploymentConfigAlreadyExists(deploymentConfigName);
    }
    return { deploymentConfigId };
  },
};

function readConfig(input: DeploymentConfigInput): DeploymentConfig {
  try {
    return readDeploymentConfig(input);
  } catch (error) {
    throw error instanceof DeploymentConfigFault ? new InvalidDeploymentConfig(error) : error;
  }
}

/** @throws DeploymentConfigLimitExceeded; whoever creates at the same moment may be let in beyond it */
async function requireRoom({ deploymentConfigs }: Ports): Promise<void> {
  const { items } = await deploymentConfigs.names(undefined, MOST_CONFIGS);
  if (items.length >= MOST_CONFIGS) throw new DeploymentConfigLimitExceeded(MOST_CONFIGS);
}
