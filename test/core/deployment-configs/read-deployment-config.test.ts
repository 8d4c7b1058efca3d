import { describe, expect, it } from 'vitest';
import { DeploymentConfigFault } from '../../../core/deployment-configs/deployment-config-fault.ts';
import {
  type DeploymentConfigInput,
  readDeploymentConfig,
} from '../../../core/deployment-configs/read-deployment-config.ts';

const hosts = (type: string, value: number): DeploymentConfigInput => ({
  deploymentConfigName: 'careful',
  minimumHealthyHosts: { type, value },
});
const traffic = (trafficRoutingConfig: DeploymentConfigInput['trafficRoutingConfig']): DeploymentConfigInput => ({
  deploymentConfigName: 'careful',
  computePlatform: 'Lambda',
  trafficRoutingConfig,
});
const canary = (canaryPercentage: number, canaryInterval: number) =>
  traffic({ type: 'TimeBasedCanary', timeBasedCanary: { canaryPercentage, canaryInterval } });
const linear = (linearPercentage: number, linearInterval: number) =>
  traffic({ type: 'TimeBasedLinear', timeBasedLinear: { linearPercentage, linearInterval } });
const zonal = (zonalConfig: DeploymentConfigInput['zonalConfig']) => ({ ...hosts('HOST_COUNT', 1), zonalConfig });

function codeOf(input: DeploymentConfigInput): string {
  try {
    readDeploymentConfig(input);
    return 'accepted';
  } catch (error) {
    return error instanceof DeploymentConfigFault ? error.code : String(error);
  }
}

describe('a new deployment config', () => {
  it('is for hosts unless it says otherwise', () => {
    expect(readDeploymentConfig(hosts('FLEET_PERCENT', 75))).toEqual({
      deploymentConfigName: 'careful',
      computePlatform: 'Server',
      minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 75 },
    });
  });

  it('keeps its zones as they were given', () => {
    const zonalConfig = {
      firstZoneMonitorDurationInSeconds: 600,
      monitorDurationInSeconds: 0,
      minimumHealthyHostsPerZone: { type: 'FLEET_PERCENT', value: 50 },
    };

    expect(readDeploymentConfig(zonal(zonalConfig))).toMatchObject({ zonalConfig });
  });

  it.each<[string, DeploymentConfigInput]>([
    ['no host at all', hosts('HOST_COUNT', 0)],
    ['0 percent', hosts('FLEET_PERCENT', 0)],
    ['99 percent', hosts('FLEET_PERCENT', 99)],
    ['a name that only looks reserved', { ...hosts('HOST_COUNT', 1), deploymentConfigName: 'CodeDeployDefaultFoo' }],
    ['a reserved name in small letters', { ...hosts('HOST_COUNT', 1), deploymentConfigName: 'codedeploydefault.Foo' }],
    ['a name of 100 characters', { ...hosts('HOST_COUNT', 1), deploymentConfigName: 'x'.repeat(100) }],
    ['a canary of two days', canary(1, 2_880)],
    ['a linear shift of two days', linear(50, 1_440)],
    ['a linear shift whose last step is a rest', linear(99, 2_880)],
    ['everything at once on ECS', { ...traffic({ type: 'AllAtOnce' }), computePlatform: 'ECS' }],
    ['no rule for its zones', zonal({})],
  ])('may have %s', (_, input) => {
    expect(codeOf(input)).toBe('accepted');
  });

  it.each<[string, string, DeploymentConfigInput]>([
    ['DeploymentConfigNameRequired', 'no name', {}],
    ['DeploymentConfigNameRequired', 'an empty name', { deploymentConfigName: '' }],
    ['InvalidDeploymentConfigName', 'a space in its name', { deploymentConfigName: 'one two' }],
    ['InvalidDeploymentConfigName', 'a name of 101 characters', { deploymentConfigName: 'x'.repeat(101) }],
    ['InvalidDeploymentConfigName', 'a reserved name', { deploymentConfigName: 'CodeDeployDefault.Mine' }],
    [
      'InvalidComputePlatform',
      'a platform nobody offers',
      { ...hosts('HOST_COUNT', 1), computePlatform: 'Kubernetes' },
    ],
    ['InvalidMinimumHealthyHostValue', 'no minimum', { deploymentConfigName: 'careful' }],
    [
      'InvalidMinimumHealthyHostValue',
      'no value',
      { deploymentConfigName: 'c', minimumHealthyHosts: { type: 'HOST_COUNT' } },
    ],
    ['InvalidMinimumHealthyHostValue', 'a negative count', hosts('HOST_COUNT', -1)],
    ['InvalidMinimumHealthyHostValue', 'half a host', hosts('HOST_COUNT', 0.5)],
    ['InvalidMinimumHealthyHostValue', '100 percent', hosts('FLEET_PERCENT', 100)],
    ['InvalidMinimumHealthyHostValue', 'the type of OneAtATime', hosts('MOST_CONCURRENCY', 1)],
    [
      'InvalidMinimumHealthyHostValue',
      'hosts to keep on Lambda',
      { ...hosts('HOST_COUNT', 1), computePlatform: 'Lambda' },
    ],
    [
      'InvalidTrafficRoutingConfiguration',
      'traffic on hosts',
      { ...hosts('HOST_COUNT', 1), trafficRoutingConfig: { type: 'AllAtOnce' } },
    ],
    ['InvalidTrafficRoutingConfiguration', 'no traffic routing on Lambda', traffic(undefined)],
    ['InvalidTrafficRoutingConfiguration', 'an unknown routing', traffic({ type: 'Sudden' })],
    ['InvalidTrafficRoutingConfiguration', 'a canary without its block', traffic({ type: 'TimeBasedCanary' })],
    [
      'InvalidTrafficRoutingConfiguration',
      'a block it has no use for',
      traffic({ type: 'AllAtOnce', timeBasedCanary: {} }),
    ],
    ['InvalidTrafficRoutingConfiguration', 'a canary of 0 percent', canary(0, 5)],
    ['InvalidTrafficRoutingConfiguration', 'a canary of everything', canary(100, 5)],
    ['InvalidTrafficRoutingConfiguration', 'a canary of over two days', canary(10, 2_881)],
    ['InvalidTrafficRoutingConfiguration', 'a linear shift of over two days', linear(50, 1_441)],
    ['InvalidTrafficRoutingConfiguration', 'a linear shift without pauses', linear(10, 0)],
    ['InvalidZonalDeploymentConfiguration', 'zones on Lambda', { ...traffic({ type: 'AllAtOnce' }), zonalConfig: {} }],
    ['InvalidZonalDeploymentConfiguration', 'a negative wait', zonal({ monitorDurationInSeconds: -1 })],
    [
      'InvalidZonalDeploymentConfiguration',
      '100 percent of a zone',
      zonal({ minimumHealthyHostsPerZone: { type: 'FLEET_PERCENT', value: 100 } }),
    ],
  ])('is refused with %s for %s', (code, _, input) => {
    expect(codeOf(input)).toBe(`${code}Exception`);
  });
});
