import type { ComputePlatform } from '../deployment-configs/deployment-config.ts';
import { defaultDeploymentConfigName } from '../deployment-configs/built-in.ts';
import type { FileExistsBehavior } from '../deployment-group.ts';
import { describeRevision, type Revision } from '../revision.ts';
import type { DeploymentCreator } from '../target-request.ts';

/** What rolls a deployment back, in CodeDeploy's words. */
export type AutoRollbackEvent = 'DEPLOYMENT_FAILURE' | 'DEPLOYMENT_STOP_ON_ALARM' | 'DEPLOYMENT_STOP_ON_REQUEST';

/** When to roll back. A deployment's own replaces its group's as a whole. */
export interface AutoRollbackConfiguration {
  readonly enabled: boolean;
  readonly events: readonly AutoRollbackEvent[];
}

/** A deployment that ended, and what its group knows. */
export interface EndedDeployment {
  readonly deploymentId: string;
  readonly creator: DeploymentCreator;
  readonly computePlatform: ComputePlatform;
  readonly deploymentConfigName: string;
  /** Which of the ends that roll back this was; missing for any other, such as a wait that ran out. */
  readonly end?: AutoRollbackEvent | undefined;
  readonly autoRollback?: AutoRollbackConfiguration | undefined;
  /** What the caller of StopDeployment wanted; missing leaves it to the configuration. */
  readonly rollBackOnStop?: boolean | undefined;
  /** The last deployment of the group that succeeded, with its own way with files that exist already. */
  readonly lastSuccessful?:
    | { readonly deploymentId: string; readonly revision: Revision; readonly fileExistsBehavior: FileExistsBehavior }
    | undefined;
}

/** A rollback to start, none, or one that was wanted and cannot be: the message goes to the record. */
export type RollbackDecision =
  | { readonly kind: 'none' }
  | { readonly kind: 'impossible'; readonly rollbackMessage: string }
  | { readonly kind: 'roll-back'; readonly request: RollbackRequest };

/** The deployment that takes the group back. */
export interface RollbackRequest {
  readonly creator: 'codeDeployRollback';
  readonly revision: Revision;
  readonly deploymentConfigName: string;
  readonly fileExistsBehavior: FileExistsBehavior;
  readonly description: string;
  /** The alarm that stopped the deployment may still ring, and must not stop its rollback. */
  readonly watchesAlarms: false;
}

/**
 * Whether a deployment that ended is rolled back, and to what: once it is terminal, so that the group is free. In place,
 * every host of the group gets the last successful revision again, those that were not touched as well.
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html
 */
export function decideOnRollback(deployment: EndedDeployment): RollbackDecision {
  if (!isWanted(deployment)) return { kind: 'none' };
  const { deploymentId, creator, lastSuccessful } = deployment;
  if (creator !== 'user') {
    return { kind: 'impossible', rollbackMessage: `${deploymentId} was not rolled back: no user created it` };
  }
  if (!lastSuccessful) {
    return {
      kind: 'impossible',
      rollbackMessage: `${deploymentId} was not rolled back: no deployment of its group has succeeded yet`,
    };
  }
  const { revision, fileExistsBehavior } = lastSuccessful;
  return {
    kind: 'roll-back',
    request: {
      creator: 'codeDeployRollback',
      revision,
      deploymentConfigName: configOf(deployment),
      fileExistsBehavior,
      description:
        `Rollback of ${deploymentId} to ${describeRevision(revision)} of ${lastSuccessful.deploymentId}`.slice(0, 256),
      watchesAlarms: false,
    },
  };
}

/** What the records of both deployments say of a rollback. Neither has the other's field. */
export function rollbackInfoOf(deploymentId: string, rollbackDeploymentId: string) {
  return {
    ofTheRolledBack: {
      rollbackDeploymentId,
      rollbackMessage: `${rollbackDeploymentId} rolls back ${deploymentId}`,
    },
    ofTheRollback: {
      rollbackTriggeringDeploymentId: deploymentId,
      rollbackMessage: `${rollbackDeploymentId} was started because ${deploymentId} did not succeed`,
    },
  };
}

function isWanted({ creator, end, autoRollback, rollBackOnStop }: EndedDeployment): boolean {
  if (end === undefined || creator.startsWith('autoscaling')) return false;
  if (end === 'DEPLOYMENT_STOP_ON_REQUEST' && rollBackOnStop !== undefined) return rollBackOnStop;
  return autoRollback?.enabled === true && autoRollback.events.includes(end);
}

/** Traffic goes back at once; hosts are redeployed as carefully as before. */
function configOf({ computePlatform, deploymentConfigName }: EndedDeployment): string {
  return computePlatform === 'Server' ? deploymentConfigName : defaultDeploymentConfigName(computePlatform);
}
