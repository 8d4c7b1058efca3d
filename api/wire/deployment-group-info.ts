import type { DeploymentGroupInfo, LastDeploymentInfo } from '@aws-sdk/client-codedeploy';

import type { Application } from '../../core/application.ts';
import { defaultDeploymentConfigName } from '../../core/deployment-configs/built-in.ts';
import { targetRevision } from '../../core/deployment-group.ts';
import type { GroupHistory, PastDeployment } from '../../core/fleet-deployment.ts';
import { directionsOf, hooksOf } from '../deployment-groups/hooks.ts';
import type { IdentifiedGroup } from '../validation/deployment-group.ts';
import { revisionLocation } from './revision-location.ts';

/** A deployment group as clients see it; what a template cannot declare has the value that CodeDeploy gives it then. */
export function deploymentGroupInfo(
  application: Application,
  group: IdentifiedGroup,
  { lastAttempted, lastSuccessful }: GroupHistory,
): DeploymentGroupInfo {
  const revision = lastAttempted?.revision ?? targetRevision(group);
  return {
    applicationName: application.applicationName,
    deploymentGroupId: group.deploymentGroupId,
    deploymentGroupName: group.currentName,
    computePlatform: application.computePlatform,
    ...settingsOf(application, group),
    ...(revision && { targetRevision: revisionLocation(revision) }),
    ...(lastAttempted && { lastAttemptedDeployment: lastDeployment(lastAttempted) }),
    ...(lastSuccessful && { lastSuccessfulDeployment: lastDeployment(lastSuccessful) }),
  };
}

function settingsOf(
  { computePlatform }: Application,
  { settings, deploysTerminations }: IdentifiedGroup,
): DeploymentGroupInfo {
  const byDefault = {
    deploymentConfigName: defaultDeploymentConfigName(computePlatform),
    deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
    autoScalingGroups: [],
    triggerConfigurations: [],
    autoRollbackConfiguration: { enabled: false },
    outdatedInstancesStrategy: 'UPDATE',
    terminationHookEnabled: deploysTerminations,
  } satisfies DeploymentGroupInfo;
  if (!settings) return byDefault;
  // What is kept is spelled as it is shown; it is copied because clients may not share what records hold.
  const shown = structuredClone(settings) as unknown as DeploymentGroupInfo;
  const hooks = directionsOf(settings);
  return { ...byDefault, ...shown, autoScalingGroups: settings.autoScalingGroups.map((name) => hooksOf(name, hooks)) };
}

function lastDeployment({ deploymentId, status, createdAtMs, completedAtMs }: PastDeployment): LastDeploymentInfo {
  return {
    deploymentId,
    status,
    createTime: new Date(createdAtMs),
    ...(completedAtMs !== undefined && { endTime: new Date(completedAtMs) }),
  };
}
