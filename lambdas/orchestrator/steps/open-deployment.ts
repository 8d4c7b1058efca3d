import { sharedActionKey, targetKey } from '../../../adapters/table/keys.ts';
import type { Surroundings } from '../../../adapters/table/surroundings.ts';
import { type Decision } from '../../../core/decide-on-launch.ts';
import type { DeploymentGroup } from '../../../core/deployment-group.ts';
import { firstHeartbeatInSeconds } from '../../../core/heartbeat-pace.ts';
import { deadlineMs } from '../../../core/lifecycle-action.ts';
import type { DeploymentGroupName } from '../../../core/names.ts';
import type { LifecycleEvent } from '../../../core/lifecycle-event.ts';
import { type Plan, planOf } from '../../../core/plan.ts';
import type { ExecutionOutcome } from '../../../core/shared-action.ts';
import { type Target, outcomeOf } from '../../../core/target.ts';
import {
  describeRequest,
  groupOf,
  isLifecycleAction,
  isShared,
  targetIdOf,
  type TargetRequest,
} from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';
import { decide } from './decide.ts';
import { isFleetClosed, releasePlace, takePlace, TURN_NEVER_CAME } from './place-in-fleet.ts';
import { ownRecord, recordOf } from './record-of.ts';

/** What the state machine goes on with: a deployment at work, or what there is to complete. */
export type OpenedDeployment = DeploymentAtWork | NothingToDeploy;

export interface DeploymentAtWork {
  readonly decision: 'Deploy';
  /** The request of this deployment: where several share a lifecycle action, its part of that. */
  readonly request: TargetRequest;
  readonly deploymentId: string;
  /** Whether other deployments follow, once this one has succeeded. */
  readonly hasNext: boolean;
  readonly plan: Plan;
  readonly firstHeartbeatInSeconds: number;
  /** Where the lane that watches the host leaves its token, in DynamoDB's own notation. */
  readonly tableKey: Readonly<Record<string, { readonly S: string }>>;
  readonly outcome: null;
}

export interface NothingToDeploy {
  readonly decision: 'Finish';
  readonly outcome: ExecutionOutcome;
}

/**
 * Decides what a request leads to, and writes the target's record. The record is the gate: whoever finds one goes on
 * with what it says, so that a repeated call decides nothing anew, and an execution that is run again days later does
 * not take a newer deployment's place.
 */
export async function openDeployment(
  request: TargetRequest,
  engine: Engine,
  { hasNext = false } = {},
): Promise<OpenedDeployment> {
  const around = await engine.surroundings.of(request);
  const target = ownRecord(request, around.target) ?? (await openNew(request, around, engine));
  await engine.notifications.ofTarget(target, around.group);
  // A record that was settled at once, or by a faster call, may have left its place in the fleet taken.
  if (target.settlement && target.status !== 'InProgress') await releasePlace(target, around, engine);
  return opened(target, hasNext, engine.clock());
}

async function openNew(request: TargetRequest, around: Surroundings, engine: Engine): Promise<Target> {
  const name = groupOf(request);
  if (name === undefined) throw new Error(`The ${request.type} of ${request.instanceId} names no deployment group`);

  const { group } = around;
  if ((await takePlace(request, around, engine)) === 'over') {
    // Nowhere on record, as it never began; unless this call comes late, and another has brought it to its end.
    const neverBegan = newRecord(request, name, group, { kind: 'finish', settlement: TURN_NEVER_CAME }, engine.clock());
    return (await recordOf(request, engine)) ?? neverBegan;
  }
  const decision = await decide(request, name, around, engine);
  const wanted = newRecord(request, name, group, decision, engine.clock());
  const gate = await engine.targets.open(wanted);
  if (gate === 'exists') return (await recordOf(request, engine)) ?? wanted;
  announce(wanted, engine);
  return wanted.settlement ? wanted : withdrawnIfTooLate(wanted, engine);
}

/**
 * A fleet may have been ended between the place and the record, by whoever ended this execution with it. Then nobody
 * knows of the record, and would ever settle it: not the fleet, nor the dead-execution function, which found none.
 */
async function withdrawnIfTooLate(target: Target, engine: Engine): Promise<Target> {
  if (!(await isFleetClosed(target.request, engine))) return target;
  const settled = await engine.targets.settle(target, TURN_NEVER_CAME, NO_EVENTS);
  return settled === 'refused' ? ((await recordOf(target.request, engine)) ?? target) : settled;
}

const NO_EVENTS: readonly LifecycleEvent[] = [];

function newRecord(
  request: TargetRequest,
  name: DeploymentGroupName,
  group: DeploymentGroup | undefined,
  decision: Decision,
  nowMs: number,
): Target {
  const openedAt = new Date(nowMs).toISOString();
  const deadline = isLifecycleAction(request) ? deadlineMs(request) : undefined;
  return {
    ...targetIdOf(request),
    request,
    group: name,
    openedAt,
    lifecycleEvents: [],
    ...(deadline !== undefined && { deadline: new Date(deadline).toISOString() }),
    ...optionsOf(request, group),
    ...(decision.kind === 'deploy'
      ? { ...planned(decision), status: 'InProgress' }
      : { status: decision.settlement.status, settlement: decision.settlement, settledAt: openedAt }),
  };
}

function planned({
  revision,
  trafficControl,
  isInstalled,
  because,
  inFlightOf,
}: Extract<Decision, { kind: 'deploy' }>) {
  return {
    revision,
    ...(trafficControl && { trafficControl }),
    ...(isInstalled && { isInstalled }),
    ...(because !== undefined && { because }),
    ...(inFlightOf !== undefined && { inFlightOf }),
  };
}

/** A deployment in place may ask for other options than its group declares. */
function optionsOf(request: TargetRequest, group: DeploymentGroup | undefined) {
  const asked = isLifecycleAction(request) ? undefined : request;
  const instanceRoleArn = asked?.instanceRoleArn ?? group?.instanceRoleArn;
  const ignoreApplicationStopFailures = asked?.ignoreApplicationStopFailures ?? group?.ignoreApplicationStopFailures;
  const fileExistsBehavior = asked?.fileExistsBehavior ?? group?.fileExistsBehavior;
  const silenceLimitSeconds = group?.silenceLimitSeconds;
  return {
    ...(instanceRoleArn !== undefined && { instanceRoleArn }),
    ...(ignoreApplicationStopFailures !== undefined && { ignoreApplicationStopFailures }),
    ...(fileExistsBehavior !== undefined && { fileExistsBehavior }),
    ...(silenceLimitSeconds !== undefined && { silenceLimitSeconds }),
  };
}

function announce({ request, group, settlement, deadline, because }: Target, { telemetry }: Engine): void {
  telemetry.info(settlement ? 'nothing to deploy' : 'deployment started', {
    ...describeRequest(request),
    applicationName: group.applicationName,
    deploymentGroupName: group.deploymentGroupName,
    deadline,
    status: settlement?.status,
    reason: settlement?.reason ?? because,
  });
  if (!settlement) telemetry.count('DeploymentsStarted');
  else telemetry.count(settlement.status === 'Failed' ? 'DeploymentsFailed' : 'DeploymentsSkipped');
}

function opened(target: Target, hasNext: boolean, nowMs: number): OpenedDeployment {
  const { deploymentId, request, settlement, lifecycleEvents } = target;
  if (settlement) return { decision: 'Finish', outcome: outcomeOf(target, settlement, lifecycleEvents) };
  const { pk, sk } = isShared(request) ? sharedActionKey(request) : targetKey(target);
  return {
    decision: 'Deploy',
    request,
    deploymentId,
    hasNext,
    plan: planOf(target),
    firstHeartbeatInSeconds: firstHeartbeatInSeconds(deploymentId, waitedSeconds(request, nowMs)),
    tableKey: { pk: { S: pk }, sk: { S: sk } },
    outcome: null,
  };
}

function waitedSeconds(request: TargetRequest, nowMs: number): number {
  const noticedAt = isLifecycleAction(request) ? request.noticedAt : undefined;
  return noticedAt === undefined ? 0 : (nowMs - Date.parse(noticedAt)) / 1000;
}
