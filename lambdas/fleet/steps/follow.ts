import { decideOnFollowOn } from '../../../core/fleet/outdated.ts';
import type { ErrorCode } from '../../../core/fleet/error-code.ts';
import { type AutoRollbackEvent, decideOnRollback, rollbackInfoOf } from '../../../core/fleet/rollback.ts';
import type { FleetDeployment, FleetDeploymentOrder } from '../../../core/fleet-deployment.ts';
import { deploymentIdFor } from '../../../core/identifiers.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { outdatedArrivals } from './arrivals.ts';
import { hostsOf } from './choose-targets.ts';

/**
 * Starts what follows a deployment that has ended: what its stack asked for meanwhile, else its rollback, or another to
 * hosts that were launched meanwhile. The
 * group is handed on without being free in between. Its id follows from that of the deployment, so that whoever repeats
 * this speaks of the same one.
 * @returns the id of the deployment that follows
 */
export async function follow(deployment: FleetDeployment, engine: FleetEngine): Promise<string | undefined> {
  const { deploymentId } = deployment;
  const { successor } = deployment;
  const nextId = successor?.deploymentId ?? deploymentIdFor(`what follows ${deploymentId}`);
  if (!(await engine.deployments.byId(nextId))) {
    const order = successor ?? (await followingByItself(deployment, nextId, engine));
    if (!order) return undefined;
    const { activeDeploymentId } = await engine.deployments.create(order, deploymentId);
    if (activeDeploymentId !== nextId) return undefined; // somebody was faster, which only a repeated call can find
  }
  if (!successor) await link(deployment, nextId, engine);
  await engine.executions.start(nextId, { deploymentId: nextId });
  engine.telemetry.info('another deployment follows', { deploymentId, nextDeploymentId: nextId });
  return nextId;
}

/** What nobody has to ask for. */
function followingByItself(deployment: FleetDeployment, nextId: string, engine: FleetEngine) {
  return deployment.status === 'Succeeded'
    ? followOn(deployment, nextId, engine)
    : rollback(deployment, nextId, engine);
}

async function rollback(
  deployment: FleetDeployment,
  nextId: string,
  engine: FleetEngine,
): Promise<FleetDeploymentOrder | undefined> {
  const { deploymentId, stopRequest, autoRollback } = deployment;
  const decision = decideOnRollback({
    deploymentId,
    creator: deployment.creator,
    computePlatform: 'Server',
    deploymentConfigName: deployment.deploymentConfigName,
    end: endOf(deployment),
    autoRollback,
    rollBackOnStop: stopRequest?.rollBack,
    lastSuccessful: await lastSuccessfulOf(deployment, engine),
  });
  if (decision.kind === 'none') return undefined;
  if (decision.kind === 'impossible') {
    await engine.deployments.link(deploymentId, { rollbackInfo: { rollbackMessage: decision.rollbackMessage } });
    return undefined;
  }
  const { creator, revision, fileExistsBehavior, description } = decision.request;
  return {
    ...withoutWatch(orderOf(deployment)),
    deploymentId: nextId,
    creator,
    revision,
    fileExistsBehavior,
    description,
    updateOutdatedInstancesOnly: false,
    rollbackInfo: rollbackInfoOf(deploymentId, nextId).ofTheRollback,
    createdAtMs: engine.clock(),
  };
}

/** A group may have had launch deployments alone so far: what they brought is what it goes back to. */
async function lastSuccessfulOf(
  { deploymentGroupId, fileExistsBehavior, previousRevision }: FleetDeployment,
  { groups }: FleetEngine,
) {
  const { lastSuccessful } = await groups.history(deploymentGroupId);
  if (lastSuccessful) return lastSuccessful;
  return previousRevision && { deploymentId: 'its launches', revision: previousRevision, fileExistsBehavior };
}

async function followOn(
  deployment: FleetDeployment,
  nextId: string,
  engine: FleetEngine,
): Promise<FleetDeploymentOrder | undefined> {
  if (deployment.outdatedInstancesStrategy === 'IGNORE') return undefined;
  const rootId = rootOf(deployment);
  const root = await engine.deployments.byId(rootId);
  const chain = root?.relatedDeployments?.autoUpdateOutdatedInstancesDeploymentIds ?? [];
  const decision = decideOnFollowOn({
    status: 'Succeeded',
    strategy: deployment.outdatedInstancesStrategy,
    revision: deployment.revision,
    hosts: await hostsOf(deployment, engine),
    attempted: await targetsOf([...new Set([rootId, ...chain, deployment.deploymentId])], engine),
    followOns: chain.length,
    arriving: (await outdatedArrivals(deployment, engine)).length,
  });
  if (decision.kind === 'none') {
    if (decision.reason !== undefined)
      engine.telemetry.warn(decision.reason, { deploymentId: deployment.deploymentId });
    return undefined;
  }
  return {
    ...orderOf(deployment),
    deploymentId: nextId,
    creator: 'CodeDeployAutoUpdate',
    updateOutdatedInstancesOnly: true,
    relatedDeployments: { autoUpdateOutdatedInstancesRootDeploymentId: rootId },
    createdAtMs: engine.clock(),
  };
}

async function targetsOf(
  deploymentIds: readonly string[],
  { fleetTargets }: FleetEngine,
): Promise<ReadonlySet<string>> {
  const lists = await Promise.all(deploymentIds.map((id) => fleetTargets.list(id)));
  return new Set(lists.flatMap((list) => list?.targetIds ?? []));
}

/** Both records tell of each other. */
async function link(deployment: FleetDeployment, nextId: string, { deployments }: FleetEngine): Promise<void> {
  const { deploymentId } = deployment;
  if (deployment.status !== 'Succeeded') {
    await deployments.link(deploymentId, { rollbackInfo: rollbackInfoOf(deploymentId, nextId).ofTheRolledBack });
    return;
  }
  const rootId = rootOf(deployment);
  const root = await deployments.byId(rootId);
  const chain = root?.relatedDeployments?.autoUpdateOutdatedInstancesDeploymentIds ?? [];
  const ids = [...new Set([...chain, nextId])];
  await deployments.link(rootId, { relatedDeployments: { autoUpdateOutdatedInstancesDeploymentIds: ids } });
}

function rootOf({ deploymentId, relatedDeployments }: FleetDeployment): string {
  return relatedDeployments?.autoUpdateOutdatedInstancesRootDeploymentId ?? deploymentId;
}

function endOf({ status, errorInformation }: FleetDeployment): AutoRollbackEvent | undefined {
  if (status === 'Failed') return 'DEPLOYMENT_FAILURE';
  return errorInformation && STOPS[errorInformation.code];
}

const STOPS: Readonly<Partial<Record<ErrorCode, AutoRollbackEvent>>> = {
  ALARM_ACTIVE: 'DEPLOYMENT_STOP_ON_ALARM',
  MANUAL_STOP: 'DEPLOYMENT_STOP_ON_REQUEST',
};

/** What was asked of a deployment, without what became of it. */
function orderOf(deployment: FleetDeployment): FleetDeploymentOrder {
  const { status, startedAtMs, completedAtMs, targetCount, errorInformation, stopRequest, ...order } = deployment;
  void [status, startedAtMs, completedAtMs, targetCount, errorInformation, stopRequest];
  const { overview, suspended, rollbackInfo, relatedDeployments, previousRevision, ...others } = order;
  void [overview, suspended, rollbackInfo, relatedDeployments, previousRevision];
  // The stack that waits, waits for this one, and is told of it.
  const { stackRequest, successor, ...asked } = others;
  void [stackRequest, successor];
  return { ...asked, previousRevision: previousRevision ?? deployment.revision };
}

/** The alarm that stopped a deployment may still ring, and must not stop its rollback. Nothing rolls back a rollback. */
function withoutWatch(order: FleetDeploymentOrder): FleetDeploymentOrder {
  const { alarmConfiguration, autoRollback, ...rest } = order;
  void [alarmConfiguration, autoRollback];
  return rest;
}
