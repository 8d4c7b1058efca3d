import type { Application } from '../../core/application.ts';
import { deploymentIdFor } from '../../core/identifiers.ts';
import type { LifecycleAction } from '../../core/lifecycle-action.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { TargetId } from '../../core/target-request.ts';

/*
 * The table, and every way it is reached. Each write touches one item; where two could race it is conditional, and
 * whoever loses learns it from the condition and does nothing.
 *
 * | Access pattern                                            | Key                                   | Call              |
 * |-----------------------------------------------------------|---------------------------------------|-------------------|
 * | a deployment's target: its outcome, the tokens to wake it | DEPLOYMENT#<id>   / TARGET#<instance> | GetItem, Query    |
 * | an action of several deployments: who waits for its end   | ACTION#<id>       / ACTION            | UpdateItem        |
 * | a deployment to a fleet: what was asked, how far it is    | DEPLOYMENT#<id>   / DEPLOYMENT        | GetItem           |
 * | its targets in order, whether they have begun or not      | DEPLOYMENT#<id>   / TARGETS           | GetItem           |
 * | which of its targets may be worked on, how many are down  | DEPLOYMENT#<id>   / PLACES            | GetItem           |
 * | the active and the last deployments of a group            | GROUP#<group id>  / DEPLOYMENTS       | GetItem           |
 * | deployments of a group, newest first                      | index `DeploymentsOfGroup`            | Query             |
 * | all deployments, newest first                             | index `DeploymentsOfAccount`          | Query             |
 * | the deployments that a host was a target of               | index `TargetsOfHost`                 | Query             |
 * | a host: its mailbox, what is installed, whether it leaves | HOST#<instance>   / HOST              | GetItem           |
 * | a deployment group, its target revision                   | APPLICATION#<app> / GROUP#<group>     | GetItem           |
 * | an application, and the groups that templates declare     | APPLICATION#<app> / APPLICATION       | GetItem           |
 * | an application by its name, all names in order            | APPLICATIONS      / <name>            | GetItem, Query    |
 * | all that is in an application, for its deletion           | APPLICATION#<app> / …                 | Query             |
 * | the tags of an application, a group or a config           | TAGS#<id>         / TAGS              | GetItem           |
 * | a deployment config, all names in order                   | DEPLOYMENT_CONFIGS / <name>           | GetItem, Query    |
 * | a deployment group by its name, an application’s names    | APPLICATION#<app> / GROUP_NAME#<name> | GetItem, Query    |
 * | a revision of an application, all of them                | APPLICATION#<app> / REVISION#<id>#…   | GetItem, Query    |
 * | an on-premises instance by its name, all in order        | ON_PREMISES_INSTANCES / <name>        | GetItem, Query    |
 * | the on-premises instance that an IAM identity belongs to  | IAM_IDENTITIES    / <arn>             | GetItem           |
 * | what an Auto Scaling group is owed for hosts that stand by | STANDBY_NOTES    / <Auto Scaling group> | GetItem, Query  |
 * | the deployment groups that share hooks, in their order    | HOOKS#<ASG>       / SHARERS           | GetItem           |
 * | the deployment groups that hold an ASG's launches         | LAUNCHES#<ASG>    / HOLDERS           | GetItem           |
 *
 * A step on a target reads it, its host, its group and the places of its fleet in one BatchGetItem: see `surroundings.ts`.
 *
 * All targets of a deployment stand together. A deployment because of a lifecycle action has one, and no other item:
 * that item is in the indexes, as the record of a deployment to a fleet is.
 * <app> and <group> are names that an application and a group had first: a rename changes what a name points to, and
 * moves nothing.
 */

export interface Key extends Record<string, string> {
  readonly pk: string;
  readonly sk: string;
}

export const targetKey = ({ deploymentId, instanceId }: TargetId): Key => ({
  pk: `DEPLOYMENT#${deploymentId}`,
  sk: `TARGET#${instanceId}`,
});

/** The id is none of a deployment's: it follows from the action alone. */
export const sharedActionKey = ({ lifecycleActionToken }: Pick<LifecycleAction, 'lifecycleActionToken'>): Key => ({
  pk: `ACTION#${deploymentIdFor(lifecycleActionToken)}`,
  sk: 'ACTION',
});

export const hookSharersKey = (autoScalingGroupName: string): Key => ({
  pk: `HOOKS#${autoScalingGroupName}`,
  sk: 'SHARERS',
});

export const launchHoldersKey = (autoScalingGroupName: string): Key => ({
  pk: `LAUNCHES#${autoScalingGroupName}`,
  sk: 'HOLDERS',
});

/** The partition with everything that belongs to a deployment. */
export const deploymentRecords = (deploymentId: string): string => DEPLOYMENT_PREFIX + deploymentId;

export const DEPLOYMENT_PREFIX = 'DEPLOYMENT#';

/** What sort keys of targets begin with. */
export const TARGET_PREFIX = 'TARGET#';

export const deploymentKey = (deploymentId: string): Key => ({
  pk: deploymentRecords(deploymentId),
  sk: 'DEPLOYMENT',
});

export const targetListKey = (deploymentId: string): Key => ({ pk: deploymentRecords(deploymentId), sk: 'TARGETS' });

export const placesKey = (deploymentId: string): Key => ({ pk: deploymentRecords(deploymentId), sk: 'PLACES' });

export const groupHistoryKey = (deploymentGroupId: string): Key => ({
  pk: `GROUP#${deploymentGroupId}`,
  sk: 'DEPLOYMENTS',
});

/** The list of all deployments. */
export const ACCOUNT = 'all';

/** Sorts deployments by the time of their creation. */
export function createdAsOf(createdAtMs: number, deploymentId: string): string {
  return `${new Date(createdAtMs).toISOString()}#${deploymentId}`;
}

/** Attributes by which a deployment's item is found in the lists. */
export function listed(deployment: {
  readonly deploymentId: string;
  readonly deploymentGroupId: string;
  readonly createdAtMs: number;
}) {
  return {
    ofGroup: deployment.deploymentGroupId,
    ofAccount: ACCOUNT,
    createdAs: createdAsOf(deployment.createdAtMs, deployment.deploymentId),
  };
}

export const hostKey = (instanceId: string): Key => ({ pk: `HOST#${instanceId}`, sk: 'HOST' });

export const deploymentGroupKey = ({ applicationName, deploymentGroupName }: DeploymentGroupName): Key => ({
  pk: `APPLICATION#${applicationName}`,
  sk: `GROUP#${deploymentGroupName}`,
});

/** @param recordName see `Application`; the other is the group's name of today */
export const groupNameKey = (recordName: string, deploymentGroupName: string): Key => ({
  pk: applicationRecords(recordName),
  sk: GROUP_NAME_PREFIX + deploymentGroupName,
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

/** The partition with everything that belongs to an application. @param recordName see `Application` */
export const applicationRecords = (recordName: string): string => `APPLICATION#${recordName}`;

/** The partition of all names of applications. */
export const APPLICATION_NAMES = 'APPLICATIONS';

export const applicationNameKey = (applicationName: string): Key => ({ pk: APPLICATION_NAMES, sk: applicationName });

export const resourceTagsKey = (resourceId: string): Key => ({ pk: `TAGS#${resourceId}`, sk: 'TAGS' });

/** The partition of all deployment configs that were created; built-in ones are code. */
export const DEPLOYMENT_CONFIGS = 'DEPLOYMENT_CONFIGS';

export const deploymentConfigKey = (deploymentConfigName: string): Key => ({
  pk: DEPLOYMENT_CONFIGS,
  sk: deploymentConfigName,
});

/** What sort keys of the names of an application's deployment groups begin with. */
export const GROUP_NAME_PREFIX = 'GROUP_NAME#';

/** What sort keys of an application's revisions begin with. */
export const revisionPrefix = ({ applicationId }: Application): string => `REVISION#${applicationId}#`;

/** @param digest of what identifies the revision */
export const revisionKey = (application: Application, digest: string): Key => ({
  pk: applicationRecords(application.recordName),
  sk: revisionPrefix(application) + digest,
});

/** The partition of what all Auto Scaling groups are owed. */
export const STANDBY_NOTES = 'STANDBY_NOTES';

export const standbyNoteKey = (autoScalingGroupName: string): Key => ({ pk: STANDBY_NOTES, sk: autoScalingGroupName });

/** The partition of all on-premises instances. */
export const ON_PREMISES_INSTANCES = 'ON_PREMISES_INSTANCES';

export const onPremisesInstanceKey = (instanceName: string): Key => ({ pk: ON_PREMISES_INSTANCES, sk: instanceName });

export const iamIdentityKey = (arn: string): Key => ({ pk: 'IAM_IDENTITIES', sk: arn });
