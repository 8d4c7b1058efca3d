import { describeGroup, type FileExistsBehavior } from './deployment-group.ts';
import { deploymentIdFor } from './identifiers.ts';
import { type LifecycleAction, type LifecycleActionResult, safeResult } from './lifecycle-action.ts';
import type { DeploymentGroupName } from './names.ts';
import type { Revision } from './revision.ts';
import type { TrafficSettings } from './traffic/traffic-control.ts';

/** Who asked for a deployment, as CodeDeploy's API and its agents spell it. */
export type DeploymentCreator =
  'user' | 'autoscaling' | 'autoscalingTermination' | 'codeDeployRollback' | 'CodeDeployAutoUpdate';

/** A revision for a host that is in service. No lifecycle action waits for the end. */
export interface InPlaceRequest extends DeploymentGroupName {
  readonly type: 'in-place';
  /** The deployment that the host is a target of; others may share it. */
  readonly deploymentId: string;
  readonly instanceId: string;
  /** Its place in the order of a fleet's targets, from 0. Missing where nobody has to wait for a turn. */
  readonly targetNumber?: number;
  readonly revision: Revision;
  /** @default as the deployment group declares */
  readonly trafficSettings?: TrafficSettings;
  /** @default user */
  readonly creator?: DeploymentCreator;
  /** @default as the deployment group declares, else false */
  readonly ignoreApplicationStopFailures?: boolean;
  /** @default as the deployment group declares, else DISALLOW */
  readonly fileExistsBehavior?: FileExistsBehavior;
  /** The role that the host must ask for commands with. @default as the deployment group declares, else any */
  readonly instanceRoleArn?: string;
}

/** The input of an `InstanceDeployment` execution: why one host is to be deployed to. */
export type TargetRequest = LifecycleAction | InPlaceRequest;

/** Whether Auto Scaling holds the host and waits for the deployment's end. */
export function isLifecycleAction(request: TargetRequest): request is LifecycleAction {
  return request.type !== 'in-place';
}

/** One host's part in one deployment. A deployment because of a lifecycle action has this one target. */
export interface TargetId {
  readonly deploymentId: string;
  readonly instanceId: string;
}

/** The target that a request is about. A lifecycle action's deployment id follows from its token. */
export function targetIdOf(request: TargetRequest): TargetId {
  const { instanceId } = request;
  if (!isLifecycleAction(request)) return { deploymentId: request.deploymentId, instanceId };
  const { lifecycleActionToken, turn, deploymentGroups } = request;
  const group = turn === undefined ? undefined : deploymentGroups[0];
  return { deploymentId: deploymentIdFor(lifecycleActionToken, group), instanceId };
}

/**
 * The deployments that a request leads to, in the order in which they run: one for each deployment group of the
 * Auto Scaling group. What a launch starts last, a termination stops first. The only deployment of a request is the
 * request itself.
 */
export function deploymentsOf(request: TargetRequest): readonly [TargetRequest, ...TargetRequest[]] {
  if (!isLifecycleAction(request) || request.turn !== undefined) return [request];
  const groups = [...new Map(request.deploymentGroups.map((group) => [describeGroup(group), group])).values()];
  const [first, ...others] = (request.type === 'launch' ? groups : groups.reverse()).map((group, index) => ({
    ...request,
    deploymentGroups: [group],
    turn: index + 1,
  }));
  return first && others.length > 0 ? [first, ...others] : [request];
}

/** Whether this is an action of several deployments, or the part of one of them. */
export function isShared(request: TargetRequest): request is LifecycleAction {
  return isLifecycleAction(request) && (request.turn !== undefined || deploymentsOf(request).length > 1);
}

/**
 * The execution's name. Step Functions starts no second execution of a name, which is what discards duplicates.
 * At most 68 of the 80 characters it allows.
 */
export function executionNameFor(request: TargetRequest): string {
  const cause = isLifecycleAction(request) ? request.lifecycleActionToken : request.deploymentId;
  return `${request.type}-${request.instanceId}-${cause}`;
}

/** What to complete the lifecycle action with when nothing better is known; null where there is none. */
export function resultWithoutSuccess(request: TargetRequest): LifecycleActionResult | null {
  return isLifecycleAction(request) ? safeResult(request) : null;
}

/** Who asked for the deployment: hook scripts and agents may tell one from the other. */
export function creatorOf(request: TargetRequest): DeploymentCreator {
  if (!isLifecycleAction(request)) return request.creator ?? 'user';
  return request.type === 'termination' ? 'autoscalingTermination' : 'autoscaling';
}

/** What a log line says of a request: names, never its token. */
export function describeRequest(request: TargetRequest): Readonly<Record<string, string>> {
  const { type, instanceId } = request;
  const deploymentId = deploymentsOf(request)
    .map((each) => targetIdOf(each).deploymentId)
    .join(' ');
  const names = { deploymentId, type, instanceId };
  if (!isLifecycleAction(request)) return names;
  const { autoScalingGroupName, lifecycleHookName } = request;
  return { ...names, autoScalingGroupName, lifecycleHookName };
}

/** The place that a request has in a fleet; undefined where it has none. */
export function placeOf(request: TargetRequest) {
  if (isLifecycleAction(request) || request.targetNumber === undefined) return undefined;
  return { deploymentId: targetIdOf(request).deploymentId, targetNumber: request.targetNumber };
}

/** The deployment group that a request deploys for. */
export function groupOf(request: TargetRequest): DeploymentGroupName | undefined {
  if (isLifecycleAction(request)) return request.deploymentGroups[0];
  const { applicationName, deploymentGroupName } = request;
  return { applicationName, deploymentGroupName };
}
