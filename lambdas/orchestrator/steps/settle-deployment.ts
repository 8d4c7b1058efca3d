import {
  type Deployment,
  type DeploymentOutcome,
  type SettledStatus,
  type Settlement,
  outcomeOf,
} from '../../../core/deployment.ts';
import { deploymentIdFor } from '../../../core/identifiers.ts';
import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import type { LifecycleEvent } from '../../../core/lifecycle-event.ts';
import { legOutcome } from '../../../core/mailbox/leg.ts';
import { sameRevision } from '../../../core/revision.ts';
import { decideSettlement, type ExecutionError } from '../../../core/settlement.ts';
import type { Count } from '../../telemetry.ts';
import type { Engine } from '../../engine.ts';
import { eventsSoFar, ownLeg } from './events-so-far.ts';
import { recordOf } from './record-of.ts';

/**
 * Writes the verdict on a deployment whose work is over, and what it leaves behind: the revision that the host and
 * the group now run, an empty mailbox. Repeated, it finds the verdict and leaves the same behind.
 * @param error what broke the execution, if anything did
 */
export async function settleDeployment(
  action: LifecycleAction,
  error: ExecutionError | undefined,
  engine: Engine,
): Promise<DeploymentOutcome> {
  const deployment = await settled(action, error, engine);
  await leaveBehind(deployment, engine);
  return outcomeOf(deployment, deployment.settlement, deployment.lifecycleEvents);
}

type SettledDeployment = Deployment & { readonly settlement: Settlement };

async function settled(
  action: LifecycleAction,
  error: ExecutionError | undefined,
  engine: Engine,
): Promise<SettledDeployment> {
  const deploymentId = deploymentIdFor(action.lifecycleActionToken);
  const [deployment, host] = await Promise.all([recordOf(action, engine), engine.hosts.byId(action.instanceId)]);
  if (!deployment) return settleUnopened(action, deploymentId, error, engine);
  if (isSettled(deployment)) return deployment;

  const leg = ownLeg(deployment, host);
  const lifecycleEvents = eventsSoFar(deployment, host);
  const settlement = decideSettlement(action, {
    stop: deployment.stop,
    error,
    legOutcome: leg && legOutcome(leg),
    lifecycleEvents,
  });
  const verdict = await engine.deployments.settle(deployment, settlement, lifecycleEvents);
  if (verdict === 'refused') return settledMeanwhile(deploymentId, engine);
  announce(action, deploymentId, settlement, engine);
  return { ...deployment, status: settlement.status, settlement, lifecycleEvents };
}

/** The execution broke before it had a record: it gets one that says so. */
async function settleUnopened(
  action: LifecycleAction,
  deploymentId: string,
  error: ExecutionError | undefined,
  engine: Engine,
): Promise<SettledDeployment> {
  const settlement = decideSettlement(action, { error, lifecycleEvents: NO_EVENTS });
  const deployment = {
    deploymentId,
    action,
    group: action.deploymentGroups[0] ?? { applicationName: '', deploymentGroupName: '' },
    status: settlement.status,
    openedAt: new Date(engine.clock()).toISOString(),
    lifecycleEvents: NO_EVENTS,
    settlement,
  };
  if ((await engine.deployments.open(deployment)) === 'exists') return settledMeanwhile(deploymentId, engine);
  announce(action, deploymentId, settlement, engine);
  return deployment;
}

async function settledMeanwhile(deploymentId: string, { deployments }: Engine): Promise<SettledDeployment> {
  const deployment = await deployments.byId(deploymentId);
  if (deployment && isSettled(deployment)) return deployment;
  throw new Error(`Deployment ${deploymentId} changed while it was settled; settle it again`);
}

async function leaveBehind(deployment: SettledDeployment, { hosts, deploymentGroups }: Engine): Promise<void> {
  const { deploymentId, action, group, revision, settlement } = deployment;
  if (settlement.status === 'Succeeded' && action.type === 'launch' && revision) {
    await hosts.remember(action.instanceId, group, revision);
    const known = await deploymentGroups.byName(group);
    if (!sameRevision(revision, known?.lastSuccessfulRevision)) await deploymentGroups.remember(group, revision);
  }
  await hosts.withdrawLeg(action.instanceId, deploymentId);
}

const COUNTS: Readonly<Record<SettledStatus, Count>> = {
  Succeeded: 'DeploymentsSucceeded',
  Failed: 'DeploymentsFailed',
  Stopped: 'DeploymentsStopped',
  Skipped: 'DeploymentsSkipped',
};

function announce(
  { type, instanceId, autoScalingGroupName, lifecycleHookName }: LifecycleAction,
  deploymentId: string,
  { status, lifecycleActionResult, reason }: Settlement,
  { telemetry }: Engine,
): void {
  const action = { deploymentId, type, instanceId, autoScalingGroupName, lifecycleHookName };
  telemetry.info('deployment settled', { ...action, status, lifecycleActionResult, reason });
  telemetry.count(COUNTS[status]);
}

function isSettled(deployment: Deployment): deployment is SettledDeployment {
  return deployment.settlement !== undefined;
}

const NO_EVENTS: readonly LifecycleEvent[] = [];
