import type { DeploymentStyle as Given } from '@aws-sdk/client-codedeploy';

import type { ComputePlatform } from '../../../core/deployment-configs/deployment-config.ts';
import type { DeploymentStyle } from '../../../core/group-settings.ts';
import { InvalidSetting } from '../../errors/group-settings-errors.ts';
import { oneOf } from './one-of.ts';

const code = 'InvalidDeploymentStyleException';

/** What a group of servers has that says nothing. */
const IN_PLACE: DeploymentStyle = { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' };

/** @throws InvalidSetting */
export function checkDeploymentStyle(given: Given | undefined, platform: ComputePlatform): DeploymentStyle {
  if (platform !== 'Server') return checkTrafficStyle(given, platform);
  const { deploymentType = IN_PLACE.deploymentType, deploymentOption = IN_PLACE.deploymentOption } = given ?? {};
  const style = {
    deploymentType: oneOf(deploymentType, ['IN_PLACE', 'BLUE_GREEN'], { what: 'deploymentType', code }),
    deploymentOption: oneOf(deploymentOption, ['WITH_TRAFFIC_CONTROL', 'WITHOUT_TRAFFIC_CONTROL'], {
      what: 'deploymentOption',
      code,
    }),
  };
  if (style.deploymentType === 'BLUE_GREEN' && style.deploymentOption === 'WITHOUT_TRAFFIC_CONTROL') {
    throw new InvalidSetting(code, 'A BLUE_GREEN deployment of servers must be WITH_TRAFFIC_CONTROL');
  }
  return style;
}

function checkTrafficStyle(given: Given | undefined, platform: ComputePlatform): DeploymentStyle {
  if (given?.deploymentType !== 'BLUE_GREEN' || given.deploymentOption !== 'WITH_TRAFFIC_CONTROL') {
    throw new InvalidSetting(code, `For ${platform} the deployment style must be BLUE_GREEN and WITH_TRAFFIC_CONTROL`);
  }
  return { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' };
}
