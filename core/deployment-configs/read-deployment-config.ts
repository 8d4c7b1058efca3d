import { RESERVED_PREFIX } from './built-in.ts';
import type { ComputePlatform, DeploymentConfig, TrafficRoutingConfig } from './deployment-config.ts';
import { DeploymentConfigFault } from './deployment-config-fault.ts';
import { type MinimumHealthyHostsInput, readMinimumHealthyHosts } from './read-minimum-healthy-hosts.ts';
import { readTrafficRouting, type TrafficRoutingInput } from './read-traffic-routing.ts';
import { readZonalConfig, type ZonalConfigInput } from './read-zonal-config.ts';

/** What a caller asks to create; JSON types are checked already, everything else is not. */
export interface DeploymentConfigInput {
  readonly deploymentConfigName?: string | undefined;
  /** @default Server */
  readonly computePlatform?: string | undefined;
  readonly minimumHealthyHosts?: MinimumHealthyHostsInput | undefined;
  readonly trafficRoutingConfig?: TrafficRoutingInput | undefined;
  readonly zonalConfig?: ZonalConfigInput | undefined;
}

const COMPUTE_PLATFORMS: readonly ComputePlatform[] = ['Server', 'Lambda', 'ECS'];

/**
 * Reads a deployment config that somebody wants to create.
 * @throws DeploymentConfigFault the first rule it breaks: names, then platform, then values
 * @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentConfig.html
 */
export function readDeploymentConfig(input: DeploymentConfigInput): DeploymentConfig {
  const deploymentConfigName = readNewName(input.deploymentConfigName);
  const computePlatform = readComputePlatform(input.computePlatform);
  return computePlatform === 'Server'
    ? { deploymentConfigName, computePlatform, ...readServerRules(input) }
    : { deploymentConfigName, computePlatform, trafficRoutingConfig: readTrafficRules(input, computePlatform) };
}

function readNewName(name: string | undefined): string {
  if (name === undefined || name === '') {
    throw new DeploymentConfigFault('DeploymentConfigNameRequiredException', 'A deployment config needs a name');
  }
  if (!/^[A-Za-z0-9._+=,@-]{1,100}$/.test(name)) {
    throw new DeploymentConfigFault(
      'InvalidDeploymentConfigNameException',
      `The deployment config name ${name} is not 1 to 100 of letters, digits and . _ + = , @ -`,
    );
  }
  if (name.startsWith(RESERVED_PREFIX)) {
    throw new DeploymentConfigFault(
      'InvalidDeploymentConfigNameException',
      `The deployment config name ${name} begins with ${RESERVED_PREFIX}, which is kept for built-in configs`,
    );
  }
  return name;
}

function readComputePlatform(name: string | undefined): ComputePlatform {
  const platform = COMPUTE_PLATFORMS.find((known) => known === (name ?? 'Server'));
  if (platform === undefined) {
    throw new DeploymentConfigFault(
      'InvalidComputePlatformException',
      `The compute platform ${name} is none of ${COMPUTE_PLATFORMS.join(', ')}`,
    );
  }
  return platform;
}

function readServerRules({ minimumHealthyHosts, trafficRoutingConfig, zonalConfig }: DeploymentConfigInput) {
  if (trafficRoutingConfig !== undefined) {
    throw new DeploymentConfigFault(
      'InvalidTrafficRoutingConfigurationException',
      'For the compute platform Server, trafficRoutingConfig can not be specified: use minimumHealthyHosts',
    );
  }
  return {
    minimumHealthyHosts: readMinimumHealthyHosts(
      minimumHealthyHosts,
      'minimumHealthyHosts',
      'InvalidMinimumHealthyHostValueException',
    ),
    ...(zonalConfig !== undefined && { zonalConfig: readZonalConfig(zonalConfig) }),
  };
}

function readTrafficRules(input: DeploymentConfigInput, computePlatform: ComputePlatform): TrafficRoutingConfig {
  if (input.minimumHealthyHosts !== undefined) {
    throw new DeploymentConfigFault(
      'InvalidMinimumHealthyHostValueException',
      `For the compute platform ${computePlatform}, minimumHealthyHosts can not be specified: use trafficRoutingConfig`,
    );
  }
  if (input.zonalConfig !== undefined) {
    throw new DeploymentConfigFault(
      'InvalidZonalDeploymentConfigurationException',
      `For the compute platform ${computePlatform}, zonalConfig can not be specified: it has no zones to go through`,
    );
  }
  return readTrafficRouting(input.trafficRoutingConfig, computePlatform);
}
