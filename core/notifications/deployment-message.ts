import { type DeploymentStatus, isTerminal } from '../fleet/deployment-status.ts';
import type { ErrorInformation } from '../fleet/error-code.ts';
import type { DeploymentOverview } from '../fleet/overview.ts';
import { type Scene, statusText, subjectOf, timeText } from './wire-text.ts';

/*
 * What a trigger's topic gets when a deployment fails, as seen on the wire:
 *
 *   {"region":"us-east-1","accountId":"111122223333","eventTriggerName":"ops","applicationName":"web",
 *    "deploymentId":"d-75I7MBT7C","deploymentGroupName":"web-fleet","createTime":"Thu Oct 13 15:50:45 UTC 2022",
 *    "completeTime":"Thu Oct 13 15:52:01 UTC 2022","status":"FAILED",
 *    "deploymentOverview":"{\"Succeeded\":0,\"Failed\":1,\"Skipped\":2,\"InProgress\":0,\"Pending\":0}",
 *    "errorInformation":"{\"ErrorCode\":\"HEALTH_CONSTRAINTS\",\"ErrorMessage\":\"…\"}","rollbackInformation":"{}"}
 */

/** How a deployment is tied to another by a rollback; all fields missing for one that is tied to none. */
export interface RollbackInfo {
  readonly rollbackDeploymentId?: string;
  readonly rollbackTriggeringDeploymentId?: string;
  readonly rollbackMessage?: string;
}

/** A deployment at the moment its status changed; times are ISO 8601. */
export interface DeploymentChange extends Scene {
  readonly status: DeploymentStatus;
  readonly createTime: string;
  readonly completeTime?: string;
  readonly overview?: DeploymentOverview;
  readonly errorInformation?: ErrorInformation;
  readonly rollbackInfo?: RollbackInfo;
}

/** What to publish. */
export interface Message {
  readonly subject: string;
  readonly message: string;
}

/** The message of a trigger about a deployment. The overview stands in it once the deployment has ended. */
export function deploymentMessage(change: DeploymentChange, eventTriggerName: string): Message {
  const { region, accountId, applicationName, deploymentId, deploymentGroupName, status, completeTime } = change;
  const body = {
    region,
    accountId,
    eventTriggerName,
    applicationName,
    deploymentId,
    deploymentGroupName,
    createTime: timeText(change.createTime),
    completeTime: completeTime === undefined ? null : timeText(completeTime),
    ...(isTerminal(status) && change.overview && { deploymentOverview: overviewText(change.overview) }),
    status: statusText(status),
    ...(change.errorInformation && { errorInformation: errorText(change.errorInformation) }),
    ...((change.rollbackInfo || status === 'Failed') && {
      rollbackInformation: rollbackText(change.rollbackInfo ?? {}),
    }),
  };
  return { subject: subjectOf(status, change), message: JSON.stringify(body) };
}

/** Without `Ready`, which CodeDeploy leaves out here. */
function overviewText({ Succeeded, Failed, Skipped, InProgress, Pending }: DeploymentOverview): string {
  return JSON.stringify({ Succeeded, Failed, Skipped, InProgress, Pending });
}

function errorText({ code, message }: ErrorInformation): string {
  return JSON.stringify({ ErrorCode: code, ErrorMessage: message });
}

function rollbackText(info: RollbackInfo): string {
  return JSON.stringify({
    RollbackMessage: info.rollbackMessage,
    RollbackTriggeringDeploymentId: info.rollbackTriggeringDeploymentId,
    RollbackDeploymentId: info.rollbackDeploymentId,
  });
}
