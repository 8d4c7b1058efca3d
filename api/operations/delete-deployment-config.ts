import type { DeleteDeploymentConfigInput } from '@aws-sdk/client-codedeploy';

import { builtInDeploymentConfig } from '../../core/deployment-configs/built-in.ts';
import { DeploymentConfigInUse, InvalidOperation } from '../errors/deployment-config-errors.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentConfigName } from '../validation/deployment-config-name.ts';

/**
 * Deletes a deployment config that no deployment group refers to; one that is not there is deleted already.
 * @throws DeploymentConfigNameRequired, InvalidDeploymentConfigName, DeploymentConfigInUse, InvalidOperation
 */
export const deleteDeploymentConfig: Operation<DeleteDeploymentConfigInput, object> = {
  input: { deploymentConfigName: 'text' },

  async run(input, { deploymentConfigs, resourceTags }) {
    const deploymentConfigName = requireDeploymentConfigName(input.deploymentConfigName);
    if (builtInDeploymentConfig(deploymentConfigName)) {
      throw new InvalidOperation(`${deploymentConfigName} is a built-in deployment config, which nobody can delete`);
    }
    const config = await deploymentConfigs.byName(deploymentConfigName);
    if ((await deploymentConfigs.delete(deploymentConfigName)) === 'in use') {
      throw new DeploymentConfigInUse(deploymentConfigName);
    }
    if (config) await resourceTags.forget(config.deploymentConfigId);
    return {};
  },
};
