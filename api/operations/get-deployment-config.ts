import type {
  DeploymentConfigInfo,
  GetDeploymentConfigInput,
  GetDeploymentConfigOutput,
} from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';
import { findDeploymentConfig } from '../validation/deployment-config.ts';
import { requireDeploymentConfigName } from '../validation/deployment-config-name.ts';

/** Built-in configs are older than any account: CodeDeploy itself was announced on that day. */
const BUILT_IN_SINCE_MS = Date.UTC(2014, 10, 12);

/**
 * Tells what a deployment config says, a built-in one as well.
 * @throws DeploymentConfigNameRequired, InvalidDeploymentConfigName, DeploymentConfigDoesNotExist
 */
export const getDeploymentConfig: Operation<GetDeploymentConfigInput, GetDeploymentConfigOutput> = {
  input: { deploymentConfigName: 'text' },

  async run(input, ports) {
    const config = await findDeploymentConfig(requireDeploymentConfigName(input.deploymentConfigName), ports);
    const deploymentConfigInfo: DeploymentConfigInfo = {
      deploymentConfigId: config.deploymentConfigId,
      deploymentConfigName: config.deploymentConfigName,
      computePlatform: config.computePlatform,
      createTime: new Date('createdAtMs' in config ? config.createdAtMs : BUILT_IN_SINCE_MS),
      ...(config.computePlatform === 'Server'
        ? {
            minimumHealthyHosts: config.minimumHealthyHosts as NonNullable<DeploymentConfigInfo['minimumHealthyHosts']>,
            zonalConfig: config.zonalConfig,
          }
        : { trafficRoutingConfig: config.trafficRoutingConfig }),
    };
    return { deploymentConfigInfo };
  },
};
