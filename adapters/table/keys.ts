import type { DeploymentGroupName } from '../../core/names.ts';
import type { TargetId } from '../../core/target-request.ts';

/*
 * The table, and every way it is reached. Each write touches one item; where two could race it is conditional, and
 * whoever loses learns it from the condition and does nothing.
 *
 * | Access pattern                                            | Key                                   | Call              |
 * |-----------------------------------------------------------|---------------------------------------|-------------------|
 * | a deployment's target: its outcome, the tokens to wake it | DEPLOYMENT#<id>   / TARGET#<instance> | GetItem           |
 * | a host: its mailbox, what is installed, whether it leaves | HOST#<instance>   / HOST              | GetItem           |
 * | a deployment group, its target revision                   | APPLICATION#<app> / GROUP#<group>     | GetItem           |
 * | the names of an application's groups: goes with the last  | APPLICATION#<app> / APPLICATION       | UpdateItem, DeleteItem |
 *
 * All targets of a deployment stand together. A deployment because of a lifecycle action has one, and no other item.
 */

export interface Key extends Record<string, string> {
  readonly pk: string;
  readonly sk: string;
}

export const targetKey = ({ deploymentId, instanceId }: TargetId): Key => ({
  pk: `DEPLOYMENT#${deploymentId}`,
  sk: `TARGET#${instanceId}`,
});

export const hostKey = (instanceId: string): Key => ({ pk: `HOST#${instanceId}`, sk: 'HOST' });

export const deploymentGroupKey = ({ applicationName, deploymentGroupName }: DeploymentGroupName): Key => ({
  pk: `APPLICATION#${applicationName}`,
  sk: `GROUP#${deploymentGroupName}`,
});

export const applicationKey = (applicationName: string): Key => ({
  pk: `APPLICATION#${applicationName}`,
  sk: 'APPLICATION',
});

/** How long the table keeps deployments, and hosts that nobody hears of: as long as Step Functions keeps executions. */
const KEEP_DAYS = 90;

/** Value of the expiry attribute: seconds since the epoch, `KEEP_DAYS` after the given time. */
export function expiresAt(nowMs: number): number {
  return Math.floor(nowMs / 1000) + KEEP_DAYS * 24 * 3600;
}
