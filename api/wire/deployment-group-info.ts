import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy';

import type { Application } from '../../core/application.ts';
import { defaultDeploymentConfigName } from '../../core/deployment-configs/built-in.ts';
import { targetRevision } from '../../core/deployment-group.ts';
import type { IdentifiedGroup } from '../validation/deployment-group.ts';
import { revisionLocation } from './revision-location.ts';

/** A deployment group as clients see it; what a template cannot declare has the value that CodeDeploy gives it then. */
export function deploymentGroupInfo(application: Application, group: IdentifiedGroup): DeploymentGroupInfo {
  const revision = targetRevision(group);
  return {
    applicationName: application.applicationName,
    deploymentGroupId: group.deploymentGroupId,
    deploymentGroupName: group.deploymentGroupName,
    deploymentConfigName: defaultDeploymentConfigName(application.computePlatform),
    computePlatform: application.computePlatform,
    deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
    autoScalingGroups: [],
    triggerConfigurations: [],
    autoRollbackConfiguration: { enabled: false },
    outdatedInstancesStrategy: 'UPDATE',
    terminationHookEnabled: group.deploysTerminations,
    ...(revision && { targetRevision: revisionLocation(revision) }),
  };
}
