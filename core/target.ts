import type { FileExistsBehavior } from './deployment-group.ts';
import type { LifecycleActionResult } from './lifecycle-action.ts';
import type { LifecycleEvent } from './lifecycle-event.ts';
import type { DeploymentGroupName } from './names.ts';
import type { Revision } from './revision.ts';
import { isLifecycleAction, type TargetId, type TargetRequest } from './target-request.ts';
import type { TrafficControl } from './traffic/traffic-control.ts';
import type { Traffic } from './traffic/traffic.ts';

/**
 * `InProgress` is the only status a target leaves. `Stopped`: it was cut short from outside.
 * `Skipped`: there was nothing to deploy.
 */
export type TargetStatus = 'InProgress' | SettledStatus;
export type SettledStatus = 'Succeeded' | 'Failed' | 'Stopped' | 'Skipped';

/** Why the work on a host is cut short. */
export type StopKind =
  /** Auto Scaling no longer knows the lifecycle action: it timed out, or the instance is gone. */
  | 'LifecycleActionGone'
  /** Another deployment to the same host takes its place. */
  | 'Superseded'
  /** The host left a command waiting, or unfinished, for too long. */
  | 'HostAgentSilent'
  /** Auto Scaling is about to end the lifecycle action by itself, whatever heartbeats it is sent. */
  | 'DeadlineReached'
  /** The instance is no more, without a lifecycle action that would have told so. */
  | 'HostGone'
  /** The deployment that the host is a target of was stopped. */
  | 'DeploymentStopped';

export interface Stop {
  readonly kind: StopKind;
  readonly reason: string;
}

/** How the deployment to a host ended, and what it means for the lifecycle action. */
export interface Settlement {
  readonly status: SettledStatus;
  /** Null when there is no action left to complete. */
  readonly lifecycleActionResult: LifecycleActionResult | null;
  readonly reason: string;
}

/** One host's part in a deployment: the record of an attempt to bring a revision to it. */
export interface Target extends TargetId {
  /** What asked for it. */
  readonly request: TargetRequest;
  readonly group: DeploymentGroupName;
  readonly status: TargetStatus;
  /** ISO 8601. */
  readonly openedAt: string;
  /** When Auto Scaling will end the action by itself, ISO 8601, if that is known. */
  readonly deadline?: string;
  readonly revision?: Revision;
  /** The host has it already, from when it was prepared in a warm pool. */
  readonly isInstalled?: true;
  /** Why it is another revision than people would expect. */
  readonly because?: string;
  /** The deployment to a fleet that the revision was of when nobody knew yet how that would end. */
  readonly inFlightOf?: string;
  readonly instanceRoleArn?: string;
  readonly ignoreApplicationStopFailures?: boolean;
  readonly fileExistsBehavior?: FileExistsBehavior;
  /** How long nothing may be heard of the host, where its group says so. */
  readonly silenceLimitSeconds?: number;
  /** How the host is taken out of its traffic; missing where it keeps it. */
  readonly trafficControl?: TrafficControl;
  /** What was taken away from the host, or is about to be. */
  readonly traffic?: Traffic;
  /**
   * Events of steps that are over, and that of the engine's own step while it is at one. Those of the current leg are in
   * the host's mailbox.
   */
  readonly lifecycleEvents: readonly LifecycleEvent[];
  readonly stop?: Stop;
  readonly settlement?: Settlement;
  /** When it settled, ISO 8601. */
  readonly settledAt?: string;
  /** Wakes the deploy lane at the end of the current leg. Opens a running execution: it stays out of logs. */
  readonly taskToken?: string;
  /** The step that the deploy lane is at, from 1: a leg whose end it waits for, or the engine's own. */
  readonly legNumber?: number;
  /** Releases the lane that watches the host; likewise. */
  readonly heartbeatToken?: string;
}

/** A target that is over. */
export type SettledTarget = Target & { readonly settlement: Settlement };

/** How the deployment to one host went, for fleets, stories, users and scripts. */
export interface TargetOutcome extends TargetId, DeploymentGroupName, Settlement {
  readonly type: TargetRequest['type'];
  /** Missing for a deployment in place. */
  readonly autoScalingGroupName?: string;
  readonly lifecycleEvents: readonly LifecycleEvent[];
}

/** The outcome of a target that settled. */
export function outcomeOf(
  { deploymentId, instanceId, request, group }: Pick<Target, 'deploymentId' | 'instanceId' | 'request' | 'group'>,
  { status, lifecycleActionResult, reason }: Settlement,
  lifecycleEvents: readonly LifecycleEvent[],
): TargetOutcome {
  return {
    deploymentId,
    type: request.type,
    instanceId,
    ...(isLifecycleAction(request) && { autoScalingGroupName: request.autoScalingGroupName }),
    applicationName: group.applicationName,
    deploymentGroupName: group.deploymentGroupName,
    status,
    lifecycleActionResult,
    reason,
    lifecycleEvents,
  };
}
