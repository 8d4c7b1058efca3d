import { brokenBy } from '../../../core/fleet/ending.ts';
import { isTerminal } from '../../../core/fleet/deployment-status.ts';
import type { ErrorInformation, FleetSettlement } from '../../../core/fleet/error-code.ts';
import { type DeploymentOverview, overviewOf } from '../../../core/fleet/overview.ts';
import { stateOfTarget } from '../../../core/fleet/target-standing.ts';
import { statusOf, type TargetState } from '../../../core/fleet/target-state.ts';
import { type EndState, verdictOf } from '../../../core/fleet/verdict.ts';
import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import { type ExecutionError, messageIn } from '../../../core/settlement.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { revisionSucceeded } from '../../launch-guard/revision-succeeded.ts';
import { existingDeployment } from './existing-deployment.ts';
import { follow } from './follow.ts';
import { letGo } from './hold-still.ts';
import { giveUpStandby } from './recall-standby.ts';
import { standingsOf } from './standings-of.ts';
import { tellOfDelay, tellStack } from './tell-stack.ts';

/** Targets still finish; the state is tried again. */
class TargetsInProgress extends Error {
  override readonly name = 'TargetsInProgress';
}

export interface EndFleetRequest {
  readonly deploymentId: string;
  readonly settlement: FleetSettlement | null;
  readonly error: ExecutionError | null;
  /** Does not wait for targets in progress, which then count as failed. @default false */
  readonly atOnce?: boolean;
}

/** What an execution returns. */
export interface FleetOutcome {
  readonly deploymentId: string;
  readonly status: FleetDeployment['status'];
  readonly errorInformation: ErrorInformation | null;
  readonly overview: DeploymentOverview | null;
  /** The rollback or the follow-on that was started. */
  readonly nextDeploymentId: string | null;
}

/**
 * Ends a deployment: writes its verdict, resumes what it suspended, remembers what the group runs now, starts what
 * follows, and tells the stack that waits. Repeated, it finds the verdict, and does what is left to do.
 * @throws TargetsInProgress
 */
export async function endFleet(request: EndFleetRequest, engine: FleetEngine): Promise<FleetOutcome> {
  const before = await existingDeployment(request.deploymentId, engine);
  const deployment = isTerminal(before.status) ? before : await settle(before, request, engine);
  // After the verdict: nothing is suspended for a deployment that has one.
  await letGo(deployment, engine);
  await engine.notifications.ofDeployment(deployment);
  const nextDeploymentId = await handOn(deployment, engine);
  await tellStack(deployment, nextDeploymentId, engine);
  return {
    deploymentId: deployment.deploymentId,
    status: deployment.status,
    errorInformation: deployment.errorInformation ?? null,
    overview: deployment.overview ?? null,
    nextDeploymentId: nextDeploymentId ?? null,
  };
}

/**
 * Leaves the group to what comes next. Of one that was deleted meanwhile nothing is remembered, and nothing follows.
 * @returns the id of the deployment that follows
 */
async function handOn(deployment: FleetDeployment, engine: FleetEngine): Promise<string | undefined> {
  const { deploymentId, deploymentGroupId, group } = deployment;
  const isGroupThere = (await engine.deploymentGroups.byName(group)) !== undefined;
  if (isGroupThere) await remember(deployment, engine);
  const nextDeploymentId = isGroupThere ? await follow(deployment, engine) : undefined;
  const isRolledBack = nextDeploymentId !== undefined && deployment.status !== 'Succeeded';
  if (!isRolledBack) await giveUpStandby(deployment, engine);
  await engine.groups.release(deploymentGroupId, deploymentId);
  if (!isGroupThere) await engine.groups.forget(deploymentGroupId);
  return nextDeploymentId;
}

async function settle(
  deployment: FleetDeployment,
  { settlement, error, atOnce = false }: EndFleetRequest,
  engine: FleetEngine,
): Promise<FleetDeployment> {
  const { deploymentId } = deployment;
  // Closed first: whoever has a place by now has a record soon, and nobody is given one any more.
  const places = await engine.fleets.close(deploymentId);
  const [list, standings] = await Promise.all([
    engine.fleetTargets.list(deploymentId),
    standingsOf(deploymentId, engine),
  ]);
  const stood = new Map(standings.map((standing) => [standing.instanceId, stateOfTarget(standing)]));
  const finishing = [...stood.values()].filter((state) => state === 'InProgress').length;
  const inProgress = Math.max(finishing, places?.inProgress.size ?? 0);
  if (inProgress > 0) await tellOfDelay(deployment, engine);
  if (inProgress > 0 && !atOnce) throw new TargetsInProgress(`${inProgress} targets of ${deploymentId} still finish`);

  const isCutOff = settlement !== null || error !== null || places?.ending !== undefined;
  const states = (list?.targetIds ?? []).map((id) => endState(stood.get(id), isCutOff));
  const verdict =
    settlement ??
    verdictOf(
      states,
      list?.mayBeDown ?? 0,
      places?.ending ?? (error ? brokenBy(errorInformationOf(error)) : undefined),
    );
  const ended = await engine.deployments.end(deploymentId, verdict, overviewOf(states.map(statusOf)), engine.clock());
  if (ended === 'refused') return existingDeployment(deploymentId, engine);
  announce(ended, engine);
  return ended;
}

/** A target without a record never began: skipped when the deployment ended before its turn, else lost. */
function endState(state: TargetState | undefined, isCutOff: boolean): EndState {
  if (state === undefined) return isCutOff ? 'Skipped' : 'Failed';
  return state === 'InProgress' || state === 'Pending' ? 'Failed' : state;
}

function errorInformationOf({ Error: name, Cause = '' }: ExecutionError): ErrorInformation {
  const cause = messageIn(Cause).slice(0, LONGEST_CAUSE);
  return { code: 'INTERNAL_ERROR', message: `The engine failed: ${name}${cause === '' ? '' : `: ${cause}`}` };
}

const LONGEST_CAUSE = 300;

/** What launches and the next deployment go by. */
async function remember(deployment: FleetDeployment, engine: FleetEngine): Promise<void> {
  const { deploymentGroupId, deploymentId, status, revision, fileExistsBehavior, createdAtMs } = deployment;
  const { completedAtMs, group } = deployment;
  const { groups, deploymentGroups } = engine;
  const past = {
    ...{ deploymentId, status, revision, fileExistsBehavior, createdAtMs },
    ...(completedAtMs !== undefined && { completedAtMs }),
  };
  await groups.attempted(deploymentGroupId, past);
  if (status !== 'Succeeded') return;
  await groups.succeeded(deploymentGroupId, past);
  const { lastSuccessful } = await groups.history(deploymentGroupId);
  if (lastSuccessful?.deploymentId !== deploymentId) return;
  await deploymentGroups.remember(group, revision);
  await revisionSucceeded(group, revision, engine);
}

function announce({ deploymentId, status, errorInformation, overview }: FleetDeployment, { telemetry }: FleetEngine) {
  telemetry.info('fleet deployment ended', {
    deploymentId,
    status,
    code: errorInformation?.code,
    reason: errorInformation?.message,
    succeeded: overview?.Succeeded,
    failed: overview?.Failed,
    skipped: overview?.Skipped,
  });
  if (status === 'Succeeded') telemetry.count('FleetDeploymentsSucceeded');
  else telemetry.count(status === 'Stopped' ? 'FleetDeploymentsStopped' : 'FleetDeploymentsFailed');
}
