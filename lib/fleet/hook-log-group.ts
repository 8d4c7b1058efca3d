import { RemovalPolicy, Token } from 'aws-cdk-lib/core';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
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

/**
 * `/slipway/hook-scripts/web/web-fleet`. Log groups know fewer characters than deployment groups do, and take `#`, which
 * those do not: two names never become one.
 * @returns undefined, for a generated name, while a part of it is known only to CloudFormation
 */
function logGroupNameOf({ applicationName, deploymentGroupName }: DeploymentGroupName): string | undefined {
  const parts = [applicationName, deploymentGroupName];
  if (parts.some((part) => Token.isUnresolved(part))) return undefined;
  return ['/slipway/hook-scripts', ...parts.map(spelled)].join('/');
}

function spelled(name: string): string {
  return name.replace(/[^\w.-]/g, (character) => `#${character.charCodeAt(0).toString(16)}`);
}
