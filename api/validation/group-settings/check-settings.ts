import type { ComputePlatform } from '../../../core/deployment-configs/deployment-config.ts';
import type { DeploymentStyle, GroupSettings } from '../../../core/group-settings.ts';
import { InvalidSetting } from '../../errors/group-settings-errors.ts';
import { checkAlarms } from './alarms.ts';
import { checkAutoRollback } from './auto-rollback.ts';
import { checkAutoScalingGroups } from './auto-scaling-groups.ts';
import { checkBlueGreen } from './blue-green.ts';
import { checkDeploymentStyle } from './deployment-style.ts';
import { checkEcsServices } from './ecs-services.ts';
import { checkLoadBalancer } from './load-balancer.ts';
import { oneOf } from './one-of.ts';
import type { SettingsInput } from './settings-input.ts';
import { checkTagFilters } from './tag-filters.ts';
import { checkTriggers } from './triggers.ts';

/** What has been looked at before: both must be there, and lead somewhere. */
export type Established = Pick<GroupSettings, 'serviceRoleArn' | 'deploymentConfigName'>;

/**
 * All that can be said of a group’s settings by themselves, on its platform.
 * @param input of a creation, or the settings of a group with the changes of an update
 * @throws InvalidSetting
 */
export function checkSettings(
  input: SettingsInput,
  established: Established,
  platform: ComputePlatform,
): GroupSettings {
  if (platform !== 'Server') refuseHosts(input, platform);
  const ec2 = checkTagFilters(
    { filters: input.ec2TagFilters, tagSet: input.ec2TagSet?.ec2TagSetList },
    { filter: 'InvalidEC2TagException', combination: 'InvalidEC2TagCombinationException' },
  );
  const onPremises = checkTagFilters(
    { filters: input.onPremisesInstanceTagFilters, tagSet: input.onPremisesTagSet?.onPremisesTagSetList },
    { filter: 'InvalidTagException', combination: 'InvalidOnPremisesTagCombinationException' },
  );
  const autoScalingGroups = checkAutoScalingGroups(input.autoScalingGroups ?? []);
  const ecsServices = checkEcsServices(input.ecsServices ?? [], platform);
  const deploymentStyle = checkDeploymentStyle(input.deploymentStyle, platform);
  const hasTagFilters = [ec2, onPremises].some(({ filters, tagSet }) => filters ?? tagSet);
  const blueGreen = checkBlueGreenHere(input, { platform, deploymentStyle, autoScalingGroups, hasTagFilters });
  const loadBalancerInfo = checkLoadBalancer(input.loadBalancerInfo ?? {}, platform);
  requireLoadBalancer(loadBalancerInfo, deploymentStyle, platform);
  return {
    ...established,
    ...(ec2.filters && { ec2TagFilters: ec2.filters }),
    ...(ec2.tagSet && { ec2TagSet: { ec2TagSetList: ec2.tagSet } }),
    ...(onPremises.filters && { onPremisesInstanceTagFilters: onPremises.filters }),
    ...(onPremises.tagSet && { onPremisesTagSet: { onPremisesTagSetList: onPremises.tagSet } }),
    autoScalingGroups,
    terminationHookEnabled: input.terminationHookEnabled ?? false,
    deploymentStyle,
    ...(blueGreen && { blueGreenDeploymentConfiguration: blueGreen }),
    ...(loadBalancerInfo && { loadBalancerInfo }),
    ...(ecsServices.length > 0 && { ecsServices }),
    triggerConfigurations: checkTriggers(input.triggerConfigurations ?? []),
    ...(input.alarmConfiguration && { alarmConfiguration: checkAlarms(input.alarmConfiguration) }),
    ...(input.autoRollbackConfiguration && {
      autoRollbackConfiguration: checkAutoRollback(input.autoRollbackConfiguration),
    }),
    outdatedInstancesStrategy: oneOf(input.outdatedInstancesStrategy ?? 'UPDATE', ['UPDATE', 'IGNORE'], {
      what: 'outdatedInstancesStrategy',
      code: 'InvalidInputException',
    }),
  };
}

/** Functions and services are not found by what finds hosts. */
function refuseHosts(input: SettingsInput, platform: ComputePlatform): void {
  const refused = [
    ['ec2TagFilters', input.ec2TagFilters?.length, 'InvalidEC2TagException'],
    ['ec2TagSet', input.ec2TagSet?.ec2TagSetList?.length, 'InvalidEC2TagException'],
    ['onPremisesInstanceTagFilters', input.onPremisesInstanceTagFilters?.length, 'InvalidTagException'],
    ['onPremisesTagSet', input.onPremisesTagSet?.onPremisesTagSetList?.length, 'InvalidTagException'],
    ['autoScalingGroups', input.autoScalingGroups?.length, 'InvalidAutoScalingGroupException'],
    ['terminationHookEnabled', input.terminationHookEnabled, 'InvalidInputException'],
  ] as const;
  const [found] = refused.filter(([, isGiven]) => isGiven);
  if (found) throw new InvalidSetting(found[2], `For ${platform} ${found[0]} can not be specified`);
}

function checkBlueGreenHere(
  { blueGreenDeploymentConfiguration: given }: SettingsInput,
  { platform, deploymentStyle, ...around }: BlueGreenPlace,
) {
  const code = 'InvalidBlueGreenDeploymentConfigurationException';
  if (platform === 'Lambda') {
    if (given) throw new InvalidSetting(code, 'For Lambda blueGreenDeploymentConfiguration can not be specified');
    return undefined;
  }
  if (given) return checkBlueGreen(given, { ...around, platform });
  if (platform === 'ECS' || deploymentStyle.deploymentType === 'BLUE_GREEN') {
    throw new InvalidSetting(
      code,
      `For ${platform} blueGreenDeploymentConfiguration must be specified with BLUE_GREEN`,
    );
  }
  return undefined;
}

interface BlueGreenPlace {
  readonly platform: ComputePlatform;
  readonly deploymentStyle: DeploymentStyle;
  readonly autoScalingGroups: readonly string[];
  readonly hasTagFilters: boolean;
}

function requireLoadBalancer(
  info: GroupSettings['loadBalancerInfo'],
  { deploymentOption }: DeploymentStyle,
  platform: ComputePlatform,
): void {
  const code = 'InvalidLoadBalancerInfoException';
  if (platform === 'ECS' && !info?.targetGroupPairInfoList) {
    throw new InvalidSetting(code, 'For ECS a targetGroupPairInfoList must be specified');
  }
  const isControlled = platform === 'Server' && deploymentOption === 'WITH_TRAFFIC_CONTROL';
  if (isControlled && !info?.elbInfoList && !info?.targetGroupInfoList) {
    throw new InvalidSetting(code, 'WITH_TRAFFIC_CONTROL takes a load balancer or a target group, and none is named');
  }
}
