import type { DeploymentGroupInfo, LastDeploymentInfo } from '@aws-sdk/client-codedeploy';
import { describeRevision } from '../deploying/describe-revision.ts';
import { table } from './table.ts';

/** What a deployment group deploys, how, and what became of it last, in lines. */
export function groupReport(group: DeploymentGroupInfo): string[] {
  const { autoScalingGroups = [] } = group;
  return [
    `${group.applicationName}/${group.deploymentGroupName}`,
    ...table([
      ['  revision', group.targetRevision ? describeRevision(group.targetRevision) : 'none yet'],
      ['  config', group.deploymentConfigName ?? ''],
      ['  Auto Scaling', autoScalingGroups.map(({ name }) => name).join(', ') || 'no groups'],
      ['  last attempted', lastText(group.lastAttemptedDeployment)],
      ['  last successful', lastText(group.lastSuccessfulDeployment)],
    ]),
  ];
}

function lastText(last: LastDeploymentInfo | undefined): string {
  if (last?.deploymentId === undefined) return 'none yet';
  return [last.deploymentId, last.status, last.createTime?.toISOString()].filter(Boolean).join('  ');
}
