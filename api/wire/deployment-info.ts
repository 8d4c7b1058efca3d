import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';

import { defaultDeploymentConfigName } from '../../core/deployment-configs/built-in.ts';
import { isTerminal } from '../../core/fleet/deployment-status.ts';
import { overviewOf } from '../../core/fleet/overview.ts';
import { stateOfTarget } from '../../core/fleet/target-standing.ts';
import { statusOf } from '../../core/fleet/target-state.ts';
import type { FleetDeployment } from '../../core/fleet-deployment.ts';
import { hostErrorCode } from '../../core/host-error-code.ts';
import type { Target } from '../../core/target.ts';
import { creatorOf } from '../../core/target-request.ts';
import type { FoundDeployment } from '../deployments/find-deployment.ts';
import { targetsOf } from '../deployments/targets-of.ts';
import type { Ports } from '../operation.ts';
import { revisionLocation } from './revision-location.ts';

/** A deployment as clients see it. */
export async function deploymentInfo(
  found: FoundDeployment,
  ports: Pick<Ports, 'fleetTargets'>,
): Promise<DeploymentInfo> {
  if (found.kind === 'host') return { ...OF_SERVERS, ...hostInfo(found.target) };
  const { deployment } = found;
  const hasTargets = deployment.targetCount !== undefined && !isTerminal(deployment.status);
  const overview = hasTargets
    ? overviewOf((await targetsOf(found, ports)).map(({ status }) => status))
    : deployment.overview;
  return { ...OF_SERVERS, ...fleetInfo(deployment), ...(overview && { deploymentOverview: { ...overview } }) };
}

/** What deployments to servers in place have in common. */
const OF_SERVERS = {
  computePlatform: 'Server',
  instanceTerminationWaitTimeStarted: false,
  deploymentStatusMessages: [],
} satisfies DeploymentInfo;

function fleetInfo(deployment: FleetDeployment): DeploymentInfo {
  const { startedAtMs, completedAtMs, errorInformation, rollbackInfo, relatedDeployments, statusMessages } = deployment;
  const { autoRollback, alarmConfiguration, loadBalancerInfo, previousRevision, description, externalId } = deployment;
  return {
    applicationName: deployment.applicationName,
    deploymentGroupName: deployment.deploymentGroupName,
    deploymentConfigName: deployment.deploymentConfigName,
    deploymentId: deployment.deploymentId,
    revision: revisionLocation(deployment.revision),
    status: deployment.status,
    creator: deployment.creator,
    createTime: new Date(deployment.createdAtMs),
    deploymentStyle: {
      deploymentType: 'IN_PLACE',
      deploymentOption: deployment.deploymentOption ?? 'WITHOUT_TRAFFIC_CONTROL',
    },
    ignoreApplicationStopFailures: deployment.ignoreApplicationStopFailures,
    updateOutdatedInstancesOnly: deployment.updateOutdatedInstancesOnly,
    fileExistsBehavior: deployment.fileExistsBehavior,
    ...(description !== undefined && { description }),
    ...(externalId !== undefined && { externalId }),
    ...(startedAtMs !== undefined && { startTime: new Date(startedAtMs) }),
    ...(completedAtMs !== undefined && { completeTime: new Date(completedAtMs) }),
    ...(previousRevision && { previousRevision: revisionLocation(previousRevision) }),
    ...(errorInformation && { errorInformation }),
    ...(statusMessages && { deploymentStatusMessages: [...statusMessages] }),
    ...(rollbackInfo && { rollbackInfo }),
    ...(relatedDeployments && { relatedDeployments: structuredClone(relatedDeployments) as object }),
    ...(autoRollback && { autoRollbackConfiguration: { ...autoRollback, events: [...autoRollback.events] } }),
    ...(alarmConfiguration && {
      overrideAlarmConfiguration: { ...alarmConfiguration, alarms: [...alarmConfiguration.alarms] },
    }),
    ...(loadBalancerInfo && { loadBalancerInfo: structuredClone(loadBalancerInfo) as object }),
  };
}

/** A launch or a termination: nobody ordered it, and its one target is all there is of it. */
function hostInfo(target: Target): DeploymentInfo {
  const { settlement, settledAt, revision } = target;
  const openedAt = new Date(target.openedAt);
  const hasFailed = target.status === 'Failed' || target.status === 'Stopped';
  return {
    applicationName: target.group.applicationName,
    deploymentGroupName: target.group.deploymentGroupName,
    deploymentConfigName: defaultDeploymentConfigName('Server'),
    deploymentId: target.deploymentId,
    ...(revision && { revision: revisionLocation(revision) }),
    // There is no deployment of CodeDeploy's that had nothing to do.
    status: target.status === 'Skipped' ? 'Succeeded' : target.status,
    creator: creatorOf(target.request),
    createTime: openedAt,
    startTime: openedAt,
    ...(settledAt !== undefined && { completeTime: new Date(settledAt) }),
    deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
    ignoreApplicationStopFailures: target.ignoreApplicationStopFailures ?? false,
    updateOutdatedInstancesOnly: false,
    fileExistsBehavior: target.fileExistsBehavior ?? 'DISALLOW',
    deploymentOverview: { ...overviewOf([statusOf(stateOfTarget(target))]) },
    deploymentStatusMessages: statusMessages(target),
    ...(hasFailed && {
      errorInformation: {
        code: hostErrorCode(target.stop),
        message: settlement?.reason ?? target.stop?.reason,
      },
    }),
  };
}

/** No heartbeat puts this off, so that people should know it while the deployment runs. */
function statusMessages({ status, deadline }: Target): string[] {
  if (status !== 'InProgress' || deadline === undefined) return [];
  return [`Auto Scaling ends the lifecycle action at ${deadline}, whatever heartbeats it is sent`];
}
