import { describe, expect, it } from 'vitest';
import {
  BUILT_IN_DEPLOYMENT_CONFIGS,
  builtInDeploymentConfig,
  defaultDeploymentConfigName,
} from '../../../core/deployment-configs/built-in.ts';
import { readTrafficRouting } from '../../../core/deployment-configs/read-traffic-routing.ts';

describe('built-in deployment configs', () => {
  it('are seventeen, each with a name and an id of its own', () => {
    const names = new Set(BUILT_IN_DEPLOYMENT_CONFIGS.map(({ deploymentConfigName }) => deploymentConfigName));
    const ids = new Set(BUILT_IN_DEPLOYMENT_CONFIGS.map(({ deploymentConfigId }) => deploymentConfigId));

    expect([names.size, ids.size]).toEqual([17, 17]);
  });

  it.each([
    ['CodeDeployDefault.OneAtATime', { type: 'MOST_CONCURRENCY', value: 1 }],
    ['CodeDeployDefault.HalfAtATime', { type: 'FLEET_PERCENT', value: 50 }],
    ['CodeDeployDefault.AllAtOnce', { type: 'HOST_COUNT', value: 0 }],
  ])('%s keeps %o', (name, minimumHealthyHosts) => {
    expect(builtInDeploymentConfig(name)).toMatchObject({ computePlatform: 'Server', minimumHealthyHosts });
  });

  it.each([
    ['Lambda', [5, 10, 15, 30], [1, 2, 3, 10]],
    ['ECS', [5, 15], [1, 3]],
  ])('shift the traffic of %s by a canary of %o minutes or linearly every %o', (platform, canaries, linears) => {
    const routings = BUILT_IN_DEPLOYMENT_CONFIGS.flatMap((config) =>
      config.computePlatform !== 'Server' && config.computePlatform === platform ? [config.trafficRoutingConfig] : [],
    );

    expect(routings).toEqual([
      ...canaries.map((canaryInterval) => ({
        type: 'TimeBasedCanary',
        timeBasedCanary: { canaryPercentage: 10, canaryInterval },
      })),
      ...linears.map((linearInterval) => ({
        type: 'TimeBasedLinear',
        timeBasedLinear: { linearPercentage: 10, linearInterval },
      })),
      { type: 'AllAtOnce' },
    ]);
  });

  it('spell one minute as CodeDeploy does, differently for Lambda and for ECS', () => {
    expect(builtInDeploymentConfig('CodeDeployDefault.LambdaLinear10PercentEvery1Minute')).toBeDefined();
    expect(builtInDeploymentConfig('CodeDeployDefault.ECSLinear10PercentEvery1Minutes')).toBeDefined();
    expect(builtInDeploymentConfig('CodeDeployDefault.ECSLinear10PercentEvery1Minute')).toBeUndefined();
  });

  it('would be accepted from a user as far as traffic goes', () => {
    for (const config of BUILT_IN_DEPLOYMENT_CONFIGS) {
      if (config.computePlatform === 'Server') continue;
      expect(readTrafficRouting(config.trafficRoutingConfig, config.computePlatform)).toEqual(
        config.trafficRoutingConfig,
      );
    }
  });

  it('hold the default of every platform', () => {
    const defaults = (['Server', 'Lambda', 'ECS'] as const).map(defaultDeploymentConfigName);

    expect(defaults).toEqual([
      'CodeDeployDefault.OneAtATime',
      'CodeDeployDefault.LambdaAllAtOnce',
      'CodeDeployDefault.ECSAllAtOnce',
    ]);
    expect(defaults.every(builtInDeploymentConfig)).toBe(true);
  });
});
