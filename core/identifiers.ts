import { createHash } from 'node:crypto';

import { describeGroup } from './deployment-group.ts';
import type { DeploymentGroupName } from './names.ts';

/**
 * The deployment that a lifecycle action leads to: `d-` and nine of `[A-Z0-9]`, as CodeDeploy's own.
 * It follows from the token, so that whoever meets the action twice speaks of the same deployment.
 * @param group whose deployment it is, where the action leads to several
 */
export function deploymentIdFor(lifecycleActionToken: string, group?: DeploymentGroupName): string {
  const cause = group ? `${lifecycleActionToken} ${describeGroup(group)}` : lifecycleActionToken;
  const number = createHash('sha256').update(cause).digest().readBigUInt64BE();
  return `d-${number.toString(36).toUpperCase().padStart(9, '0').slice(-9)}`;
}

/**
 * A deployment group's id in the form of a UUID. The host agent names its directories by it and finds the last
 * installation there, so it must outlive any record of the group.
 */
export function deploymentGroupIdFor({ applicationName, deploymentGroupName }: DeploymentGroupName): string {
  const hex = createHash('sha256').update(`${applicationName}/${deploymentGroupName}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** The parts of a host's own name, `arn:aws:ec2:us-east-1:111122223333:instance/i-0abc`. */
export interface HostIdentifier {
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
  readonly instanceId: string;
}

/** @returns undefined for anything but an EC2 instance's ARN */
export function parseHostIdentifier(text: string): HostIdentifier | undefined {
  const [, region, accountId, instanceId] = /^arn:[^:]+:ec2:([^:]+):(\d{12}):instance\/(i-[0-9a-f]+)$/.exec(text) ?? [];
  return region && accountId && instanceId ? { arn: text, region, accountId, instanceId } : undefined;
}

/** What agents call a `DeploymentExecutionId`; they only echo it, in this shape. */
export function deploymentExecutionIdFor(deploymentId: string, { region, accountId }: HostIdentifier): string {
  return `Slipway/${region}/prod/${accountId}:${deploymentId}`;
}

/** @returns undefined when it is not one of ours */
export function deploymentIdIn(deploymentExecutionId: string): string | undefined {
  return /^Slipway\/.+:(d-[A-Z0-9]{9})$/.exec(deploymentExecutionId)?.[1];
}
