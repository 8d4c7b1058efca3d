import type {
  ComputePlatform,
  DeploymentConfig,
  MinimumHealthyHosts,
  TrafficDeploymentConfig,
  TrafficRoutingConfig,
} from './deployment-config.ts';

/** Names that begin so are CodeDeploy's own: nobody creates or deletes one. The dot counts, and so does the case. */
export const RESERVED_PREFIX = 'CodeDeployDefault.';

/** A config that is there without having been created. */
export type BuiltInDeploymentConfig = DeploymentConfig & { readonly deploymentConfigId: string };

/**
 * The 17 configs that every account has, none of them zonal.
 * CodeDeploy documents the id of the first alone; the others continue its sequence.
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
export const BUILT_IN_DEPLOYMENT_CONFIGS: readonly BuiltInDeploymentConfig[] = [
  server('OneAtATime', { type: 'MOST_CONCURRENCY', value: 1 }),
  server('HalfAtATime', { type: 'FLEET_PERCENT', value: 50 }),
  server('AllAtOnce', { type: 'HOST_COUNT', value: 0 }),
  traffic('Lambda', 'LambdaCanary10Percent5Minutes', canary(5)),
  traffic('Lambda', 'LambdaCanary10Percent10Minutes', canary(10)),
  traffic('Lambda', 'LambdaCanary10Percent15Minutes', canary(15)),
  traffic('Lambda', 'LambdaCanary10Percent30Minutes', canary(30)),
  traffic('Lambda', 'LambdaLinear10PercentEvery1Minute', linear(1)),
  traffic('Lambda', 'LambdaLinear10PercentEvery2Minutes', linear(2)),
  traffic('Lambda', 'LambdaLinear10PercentEvery3Minutes', linear(3)),
  traffic('Lambda', 'LambdaLinear10PercentEvery10Minutes', linear(10)),
  traffic('Lambda', 'LambdaAllAtOnce', { type: 'AllAtOnce' }),
  traffic('ECS', 'ECSCanary10Percent5Minutes', canary(5)),
  traffic('ECS', 'ECSCanary10Percent15Minutes', canary(15)),
  // "1Minutes" here and "1Minute" for Lambda: both are CodeDeploy's spelling.
  traffic('ECS', 'ECSLinear10PercentEvery1Minutes', linear(1)),
  traffic('ECS', 'ECSLinear10PercentEvery3Minutes', linear(3)),
  traffic('ECS', 'ECSAllAtOnce', { type: 'AllAtOnce' }),
].map((config, index) => ({ ...config, deploymentConfigId: idOf(index + 1) }));

/** The built-in of that name, if it is one. */
export function builtInDeploymentConfig(deploymentConfigName: string): BuiltInDeploymentConfig | undefined {
  return BUILT_IN_DEPLOYMENT_CONFIGS.find((config) => config.deploymentConfigName === deploymentConfigName);
}

/** What a deployment group has that names none. CodeDeploy says it for `Server` alone. */
export function defaultDeploymentConfigName(computePlatform: ComputePlatform): string {
  return `${RESERVED_PREFIX}${computePlatform === 'Server' ? 'OneAtATime' : `${computePlatform}AllAtOnce`}`;
}

function server(name: string, minimumHealthyHosts: MinimumHealthyHosts): DeploymentConfig {
  return { deploymentConfigName: `${RESERVED_PREFIX}${name}`, computePlatform: 'Server', minimumHealthyHosts };
}

function traffic(
  computePlatform: TrafficDeploymentConfig['computePlatform'],
  name: string,
  trafficRoutingConfig: TrafficRoutingConfig,
): DeploymentConfig {
  return { deploymentConfigName: `${RESERVED_PREFIX}${name}`, computePlatform, trafficRoutingConfig };
}

function canary(canaryInterval: number): TrafficRoutingConfig {
  return { type: 'TimeBasedCanary', timeBasedCanary: { canaryPercentage: 10, canaryInterval } };
}

function linear(linearInterval: number): TrafficRoutingConfig {
  return { type: 'TimeBasedLinear', timeBasedLinear: { linearPercentage: 10, linearInterval } };
}

function idOf(number: number): string {
  return `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
}
