import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

import { checkBundle } from '../../api/application-revisions/check-bundle.ts';
import { beginDeployment } from '../../api/deployments/begin-deployment.ts';
import { DeploymentLimitExceeded } from '../../api/errors/deployment-errors.ts';
import { findApplication } from '../../api/validation/application.ts';
import { findDeploymentGroup } from '../../api/validation/deployment-group.ts';
import type { Application } from '../../core/application.ts';
import { describeGroup } from '../../core/deployment-group.ts';
import { decideOnRollout, type RolloutDecision } from '../../core/fleet/decide-on-rollout.ts';
import { isTerminal } from '../../core/fleet/deployment-status.ts';
import { deploymentIdFor } from '../../core/identifiers.ts';
import type { FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import { releaseLaunches } from '../launch-guard/hold-launches.ts';
import { hostsOf } from '../fleet/steps/choose-targets.ts';
import type { Rollout } from './declared-rollout.ts';
import { orderFor } from './order-for.ts';
import type { Ports } from './ports.ts';

/** What CloudFormation asks, beside what the template says. */
export interface Asked {
  readonly event: CloudFormationCustomResourceEvent;
  readonly physicalResourceId: string;
  /** Whether the stack goes back to its template before. */
  readonly isRollback: boolean;
  /** Whether the template names the same revision as before. */
  readonly isUnchanged: boolean;
}

/** Either all is said, with the deployment that stands for it if any does; or the end of one will say it. */
export type Outcome = { readonly deploymentId: string | undefined } | 'later';

/** How often another deployment may begin or end between the look at a group and what is made of it. */
const TRIES = 4;

/** Deploys a declared revision, as far as that is left to do. @throws ApiError as CreateDeployment does */
export async function bringAbout(rollout: Rollout, asked: Asked, ports: Ports): Promise<Outcome> {
  const application = await findApplication(rollout.applicationName, ports);
  const group = await findDeploymentGroup(application, rollout.deploymentGroupName, ports);
  if (asked.isUnchanged) {
    const { lastAttempted } = await ports.groupDeployments.history(group.deploymentGroupId);
    return { deploymentId: lastAttempted?.deploymentId };
  }
  const own = await ports.fleetDeployments.byId(deploymentIdFor(asked.event.RequestId));
  if (own) {
    if (!isTerminal(own.status)) await beginDeployment(own, application, ports);
    return begun(own);
  }
  const order = await orderFor(rollout, asked, application, group, ports);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const outcome = await carryOut(await decide(order, asked, ports), order, asked, application, ports);
    if (outcome !== 'again') return outcome;
  }
  throw new Error(`The deployments of ${describeGroup(rollout)} change too fast to be followed; try again`);
}

async function decide(order: FleetDeploymentOrder, asked: Asked, ports: Ports): Promise<RolloutDecision> {
  const { lastAttempted, activeDeploymentId } = await ports.groupDeployments.history(order.deploymentGroupId);
  const active = activeDeploymentId === undefined ? undefined : await ports.fleetDeployments.byId(activeDeploymentId);
  const decision = decideOnRollout({
    revision: order.revision,
    stackId: asked.event.StackId,
    isFirst: asked.event.RequestType === 'Create',
    isRollback: asked.isRollback,
    active: active && !isTerminal(active.status) ? active : undefined,
    lastAttempted,
    hosts: await hostsOf(order, ports),
  });
  const { deploymentId } = { deploymentId: order.deploymentId, ...decision };
  ports.telemetry.info('roll-out decided', { decision: decision.kind, deploymentId, isRollback: asked.isRollback });
  return decision;
}

async function carryOut(
  decision: RolloutDecision,
  order: FleetDeploymentOrder,
  { isRollback }: Asked,
  application: Application,
  ports: Ports,
): Promise<Outcome | 'again'> {
  switch (decision.kind) {
    case 'done':
      await ports.deploymentGroups.remember(order.group, order.revision);
      await releaseLaunches(order.group, ports); // no deployment will succeed and do so where no host was left to fail
      return decision;
    case 'leave':
      return decision;
    case 'refuse':
      throw new DeploymentLimitExceeded(
        `${decision.deploymentId}, which this stack did not ask for, deploys to ${describeGroup(order)}: ` +
          'wait for its end, or stop it, and deploy the stack again',
      );
    case 'deploy':
      return deploy(await checked(order, isRollback, application, ports), application, ports);
    case 'join':
      return join(decision.deploymentId, order, ports);
    case 'replace':
      return replace(decision.deploymentId, await checked(order, isRollback, application, ports), application, ports);
  }
}

/** Its AppSpec is checked before any host is touched; not that of a revision to which the stack goes back. */
async function checked(
  order: FleetDeploymentOrder,
  isRollback: boolean,
  application: Application,
  ports: Ports,
): Promise<FleetDeploymentOrder> {
  return isRollback ? order : { ...order, ...(await checkBundle(application, order.revision, ports)) };
}

async function deploy(order: FleetDeploymentOrder, application: Application, ports: Ports): Promise<Outcome | 'again'> {
  try {
    await beginDeployment(order, application, ports);
    return begun(order);
  } catch (error) {
    if (error instanceof DeploymentLimitExceeded) return 'again';
    throw error;
  }
}

async function join(deploymentId: string, order: FleetDeploymentOrder, ports: Ports): Promise<Outcome | 'again'> {
  if (!order.stackRequest) return { deploymentId };
  if ((await ports.stackRequests.wait(deploymentId, order.stackRequest)) === 'refused') return 'again';
  await lookAgain(deploymentId, ports);
  return 'later';
}

async function replace(
  deploymentId: string,
  order: FleetDeploymentOrder,
  application: Application,
  ports: Ports,
): Promise<Outcome | 'again'> {
  const stop = { atMs: ports.clock(), rollBack: false };
  if ((await ports.stackRequests.giveWay(deploymentId, order, stop)) === 'refused') return 'again';
  const { revision, createdAtMs } = order;
  const use = { deploymentId: order.deploymentId, atMs: createdAtMs };
  await ports.applicationRevisions.use(application, revision, use);
  await lookAgain(deploymentId, ports);
  return begun(order);
}

/** Lets a deployment see at once that somebody waits, or wants it to stop. Its creation may have broken off. */
async function lookAgain(deploymentId: string, { fleetExecutions, fleets, taskTokens }: Ports): Promise<void> {
  await fleetExecutions.start(deploymentId, { deploymentId });
  const places = await fleets.places(deploymentId);
  if (places?.watchToken !== undefined) await taskTokens.answer(places.watchToken, {});
}

function begun({ deploymentId, stackRequest }: FleetDeploymentOrder): Outcome {
  return stackRequest ? 'later' : { deploymentId };
}
