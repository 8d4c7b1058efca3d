import {
  answerAtTheEnd,
  answerOfDelay,
  type FirstFailure,
  foundNobody,
  type StackAnswer,
} from '../../../core/fleet/stack-answer.ts';
import { hasWaitedLongEnough, type StackRequest } from '../../../core/fleet/stack-request.ts';
import type { FleetDeployment, FleetDeploymentOrder } from '../../../core/fleet-deployment.ts';
import type { FleetEngine } from '../fleet-engine.ts';

/**
 * Tells the stack that waits for a deployment how it ended. Whoever repeats this says the same again, which
 * CloudFormation does not mind.
 */
export async function tellStack(
  deployment: FleetDeployment,
  nextDeploymentId: string | undefined,
  engine: FleetEngine,
): Promise<void> {
  const { stackRequest, status, group, revision } = deployment;
  if (!stackRequest) return;
  // What no host could try is what the next one gets: the stack says that this is the revision.
  if (foundNobody(deployment)) await engine.deploymentGroups.remember(group, revision);
  const firstFailure = status === 'Succeeded' ? undefined : await firstFailureOf(deployment.deploymentId, engine);
  await say(
    answerAtTheEnd(deployment, stackRequest, { firstFailure, nextDeploymentId }),
    deployment,
    stackRequest,
    engine,
  );
}

/** Tells the stack that a deployment, or what comes after it, takes longer than it waits, once it has waited that long. */
export async function tellOfDelay(deployment: FleetDeployment, engine: FleetEngine): Promise<void> {
  const awaited = deployment.successor ?? deployment;
  const { stackRequest } = awaited;
  if (!stackRequest || !hasWaitedLongEnough(stackRequest, engine.clock())) return;
  await say(answerOfDelay(awaited, stackRequest), awaited, stackRequest, engine);
  await engine.stackRequests.leave(deployment.deploymentId, stackRequest.requestId);
}

async function say(
  answer: StackAnswer,
  { deploymentId }: FleetDeploymentOrder,
  { responseUrl, stackId, requestId, logicalResourceId, physicalResourceId }: StackRequest,
  { respond, telemetry }: FleetEngine,
): Promise<void> {
  const outcome = await respond(responseUrl, {
    ...answer,
    PhysicalResourceId: physicalResourceId,
    StackId: stackId,
    RequestId: requestId,
    LogicalResourceId: logicalResourceId,
    Data: { DeploymentId: deploymentId },
  });
  telemetry.info('stack told of deployment', { deploymentId, stackId, status: answer.Status, outcome });
}

async function firstFailureOf(
  deploymentId: string,
  { fleetTargets }: Pick<FleetEngine, 'fleetTargets'>,
): Promise<FirstFailure | undefined> {
  let after: string | undefined;
  do {
    const page = await fleetTargets.begun(deploymentId, after);
    const failed = page.items.find(({ status }) => status === 'Failed');
    if (failed) {
      const { instanceId, settlement, lifecycleEvents } = failed;
      const lifecycleEvent = lifecycleEvents.find(({ status }) => status === 'Failed');
      return { instanceId, reason: settlement?.reason ?? '', lifecycleEvent };
    }
    after = page.last;
  } while (after !== undefined);
  return undefined;
}
