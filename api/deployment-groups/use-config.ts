import { builtInDeploymentConfig, defaultDeploymentConfigName } from '../../core/deployment-configs/built-in.ts';
import type { ComputePlatform } from '../../core/deployment-configs/deployment-config.ts';
import { DeploymentConfigDoesNotExist } from '../errors/deployment-config-errors.ts';
import { InvalidSetting } from '../errors/group-settings-errors.ts';
import type { Ports } from '../operation.ts';
import { findDeploymentConfig } from '../validation/deployment-config.ts';
import { requireDeploymentConfigName } from '../validation/deployment-config-name.ts';

/** The name of a config for this platform. @throws InvalidDeploymentConfigName, DeploymentConfigDoesNotExist, InvalidSetting */
export async function checkConfigFor(
  platform: ComputePlatform,
  given: string | undefined,
  ports: Pick<Ports, 'deploymentConfigs'>,
): Promise<string> {
  const name = requireDeploymentConfigName(given || defaultDeploymentConfigName(platform));
  const config = await findDeploymentConfig(name, ports);
  const { deploymentConfigName, computePlatform } = config;
  if (computePlatform !== platform) {
    throw new InvalidSetting(
      'InvalidDeploymentConfigNameException',
      `The deployment config ${deploymentConfigName} is for ${computePlatform}, and the application for ${platform}`,
    );
  }
  return deploymentConfigName;
}

/** Notes that a group uses a config, so that nobody deletes it. @throws DeploymentConfigDoesNotExist */
export async function useConfig(
  deploymentConfigName: string,
  deploymentGroupId: string,
  { deploymentConfigs }: Pick<Ports, 'deploymentConfigs'>,
): Promise<void> {
  if (builtInDeploymentConfig(deploymentConfigName)) return;
  if ((await deploymentConfigs.use(deploymentConfigName, deploymentGroupId)) === 'gone') {
    throw new DeploymentConfigDoesNotExist(deploymentConfigName);
  }
}

/** Notes that a group no longer uses a config. */
export async function releaseConfig(
  deploymentConfigName: string,
  deploymentGroupId: string,
  { deploymentConfigs }: Pick<Ports, 'deploymentConfigs'>,
): Promise<void> {
  if (!builtInDeploymentConfig(deploymentConfigName))
    await deploymentConfigs.release(deploymentConfigName, deploymentGroupId);
}
