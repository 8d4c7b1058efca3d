import { RemovalPolicy, Token } from 'aws-cdk-lib/core';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { hookLogGroupName } from '../../core/names.ts';
import type { DeploymentGroupName } from '../../core/names.ts';

export interface HookLogGroupProps {
  readonly deploymentGroup: DeploymentGroupName;
  readonly retention?: RetentionDays;
}

/**
 * The log group that instances copy the output of their hook scripts to, one stream per lifecycle event of a deployment
 * on an instance. It goes with the deployment group: nothing else writes to it.
 */
export function hookLogGroup(scope: Construct, { deploymentGroup, retention }: HookLogGroupProps): LogGroup {
  const name = logGroupNameOf(deploymentGroup);
  return new LogGroup(scope, 'HookLogs', {
    ...(name && { logGroupName: name }),
    retention: retention ?? RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** @returns undefined, for a generated name, while a part of it is known only to CloudFormation */
function logGroupNameOf(deploymentGroup: DeploymentGroupName): string | undefined {
  const { applicationName, deploymentGroupName } = deploymentGroup;
  const isKnown = ![applicationName, deploymentGroupName].some((part) => Token.isUnresolved(part));
  return isKnown ? hookLogGroupName(deploymentGroup) : undefined;
}
