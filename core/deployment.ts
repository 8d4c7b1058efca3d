import type { FileExistsBehavior } from './deployment-group.ts';
import type { LifecycleAction, LifecycleActionResult } from './lifecycle-action.ts';
import type { LifecycleEvent } from './lifecycle-event.ts';
import type { DeploymentGroupName } from './names.ts';
import type { Revision } from './revision.ts';

/**
 * `InProgress` is the only status a deployment leaves. `Stopped`: it was cut short from outside.
 * `Skipped`: there was nothing to deploy.
 */
export type DeploymentStatus = 'InProgress' | SettledStatus;
export type SettledStatus = 'Succeeded' | 'Failed' | 'Stopped' | 'Skipped';

/** Why the work of a deployment is cut short. */
export type StopKind =
  /** Auto Scaling no longer knows the lifecycle action: it timed out, or the instance is gone. */
  | 'LifecycleActionGone'
  /** Another deployment to the same host takes its place. */
  | 'Superseded'
  /** The host left a command waiting, or unfinished, for too long. */
  | 'HostAgentSilent';

export interface Stop {
  readonly kind: StopKind;
  readonly reason: string;
}

/** How a deployment ended, and what it means for the lifecycle action. */
export interface Settlement {
  readonly status: SettledStatus;
  /** Null when there is no action left to complete. */
  readonly lifecycleActionResult: LifecycleActionResult | null;
  readonly reason: string;
}

/** One attempt to bring a revision to one host, because of a lifecycle action. Its id follows from the action. */
export interface Deployment {
  readonly deploymentId: string;
  readonly action: LifecycleAction;
  readonly group: DeploymentGroupName;
  readonly status: DeploymentStatus;
  /** ISO 8601. */
  readonly openedAt: string;
  /** When Auto Scaling will end the action by itself, ISO 8601, if that is known. */
  readonly deadline?: string;
  readonly revision?: Revision;
  readonly instanceRoleArn?: string;
  readonly ignoreApplicationStopFailures?: boolean;
  readonly fileExistsBehavior?: FileExistsBehavior;
  /** Events of legs that are over. Those of the current leg are in the host's mailbox. */
  readonly lifecycleEvents: readonly LifecycleEvent[];
  readonly stop?: Stop;
  readonly settlement?: Settlement;
  /** Wakes the deploy lane at the end of the current leg. Opens a running execution: it stays out of logs. */
  readonly taskToken?: string;
  /** The leg whose end the deploy lane waits for, from 1. */
  readonly legNumber?: number;
  /** Releases the heartbeat lane; likewise. */
  readonly heartbeatToken?: string;
}

/** What an execution returns: how the deployment went, for stories, users and scripts. */
export interface DeploymentOutcome extends DeploymentGroupName, Settlement {
  readonly deploymentId: string;
  readonly type: LifecycleAction['type'];
  readonly instanceId: string;
  readonly autoScalingGroupName: string;
  readonly lifecycleEvents: readonly LifecycleEvent[];
}

/** The outcome of a deployment that settled. */
export function outcomeOf(
  { deploymentId, action, group }: Pick<Deployment, 'deploymentId' | 'action' | 'group'>,
  { status, lifecycleActionResult, reason }: Settlement,
  lifecycleEvents: readonly LifecycleEvent[],
): DeploymentOutcome {
  return {
    deploymentId,
    type: action.type,
    instanceId: action.instanceId,
    autoScalingGroupName: action.autoScalingGroupName,
    applicationName: group.applicationName,
    deploymentGroupName: group.deploymentGroupName,
    status,
    lifecycleActionResult,
    reason,
    lifecycleEvents,
  };
}
