import type { ECSService } from '@aws-sdk/client-codedeploy';

import type { ComputePlatform } from '../../../core/deployment-configs/deployment-config.ts';
import type { EcsService } from '../../../core/group-settings.ts';
import { InvalidSetting } from '../../errors/group-settings-errors.ts';

/** One service for ECS, none for anything else. @throws InvalidSetting */
export function checkEcsServices(given: readonly ECSService[], platform: ComputePlatform): readonly EcsService[] {
  const code = 'InvalidECSServiceException';
  if (platform !== 'ECS' && given.length > 0) {
    throw new InvalidSetting(code, `For ${platform} ecsServices can not be specified`);
  }
  if (platform !== 'ECS') return [];
  if (given.length === 0) throw new InvalidSetting(code, 'For ECS ecsServices must be specified');
  if (given.length > 1) {
    throw new InvalidSetting('ECSServiceMappingLimitExceededException', 'A deployment group has one ECS service');
  }
  return given.map(({ serviceName, clusterName }) => {
    if (!serviceName || !clusterName) {
      throw new InvalidSetting(code, 'An ECS service must have a serviceName and a clusterName');
    }
    return { serviceName, clusterName };
  });
}
