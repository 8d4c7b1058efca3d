import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import { describeRevision } from '../deploying/describe-revision.ts';
import { diagnosticLines, overviewText, statusText } from '../following/change-lines.ts';
import type { Observation, ObservedTarget } from '../following/observation.ts';
import type { Terminal } from '../terminal.ts';

/** A deployment and its targets as they stand, in lines. */
export function deploymentReport({ deployment, targets }: Observation, style: Terminal['style']): string[] {
  const { deploymentId, applicationName, deploymentGroupName, status = 'Unknown' } = deployment;
  return [
    `${style('bold', String(deploymentId))}  ${applicationName}/${deploymentGroupName}  ${statusText(status, style)}`,
    ...facts(deployment).map(([name, value]) => `  ${name.padEnd(9)}  ${value}`),
    ...[...targets.values()].flatMap((target) => targetLines(target, style)),
  ];
}

function facts(deployment: DeploymentInfo): [string, string][] {
  const { errorInformation, rollbackInfo, createTime, completeTime } = deployment;
  const { rollbackDeploymentId, rollbackTriggeringDeploymentId, rollbackMessage } = rollbackInfo ?? {};
  const all: [string, string | undefined][] = [
    ['revision', describeRevision(deployment.revision)],
    ['config', deployment.deploymentConfigName],
    ['creator', deployment.creator],
    ['created', createTime?.toISOString()],
    ['completed', completeTime?.toISOString()],
    ['targets', overviewText(deployment.deploymentOverview)],
    ['error', [errorInformation?.code, errorInformation?.message].filter(Boolean).join(': ')],
    ['note', deployment.deploymentStatusMessages?.join('; ')],
    ['rollback', rollbackDeploymentId ?? rollbackMessage],
    ['undoes', rollbackTriggeringDeploymentId],
  ];
  return all.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

function targetLines({ targetId, status, events }: ObservedTarget, style: Terminal['style']): string[] {
  const current = events.find((event) => event.status === 'InProgress');
  const failed = events.filter((event) => event.status === 'Failed' || event.status === 'Unknown');
  return [
    `  ${targetId}  ${statusText(status, style)}${current ? `: ${current.name}` : ''}`,
    ...failed.flatMap((event) => [
      `    ${event.name} ${statusText(event.status, style)}`,
      ...diagnosticLines(event.diagnostics ?? {}).map((line) => `      ${line}`),
    ]),
  ];
}
