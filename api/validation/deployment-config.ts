import type { CreatedDeploymentConfig } from '../../adapters/table/deployment-configs.ts';
import { type BuiltInDeploymentConfig, builtInDeploymentConfig } from '../../core/deployment-configs/built-in.ts';
import { DeploymentConfigDoesNotExist } from '../errors/deployment-config-errors.ts';
import type { Ports } from '../operation.ts';

/** Built-in or created. @throws DeploymentConfigDoesNotExist */
export async function findDeploymentConfig(
  deploymentConfigName: string,
  { deploymentConfigs }: Pick<Ports, 'deploymentConfigs'>,
): Promise<BuiltInDeploymentConfig | CreatedDeploymentConfig> {
  const config =
    builtInDeploymentConfig(deploymentConfigName) ?? (await deploymentConfigs.byName(deploymentConfigName));
  if (!config) throw new DeploymentConfigDoesNotExist(deploymentConfigName);
  return config;
}
