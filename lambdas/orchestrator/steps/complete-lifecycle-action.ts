import type { DeploymentOutcome } from '../../../core/deployment.ts';
import { deploymentIdFor } from '../../../core/identifiers.ts';
import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import type { Engine } from '../../engine.ts';

/**
 * Lets Auto Scaling go on, then releases the heartbeat lane. An action that is gone is as good as completed: perhaps
 * an earlier call completed it and its answer was lost.
 * @returns the outcome, with a word about an action that was gone
 */
export async function completeLifecycleAction(
  action: LifecycleAction,
  outcome: DeploymentOutcome,
  engine: Engine,
): Promise<DeploymentOutcome> {
  const answer = await complete(action, outcome, engine);
  await releaseHeartbeatLane(action, engine);
  return answer === 'gone'
    ? { ...outcome, reason: `${outcome.reason} (Auto Scaling had already ended the lifecycle action)` }
    : outcome;
}

async function complete(
  action: LifecycleAction,
  { lifecycleActionResult: result }: DeploymentOutcome,
  { lifecycleActions, telemetry }: Engine,
): Promise<'done' | 'gone' | 'nothing'> {
  if (result === null) return 'nothing';
  const answer = await lifecycleActions.complete(action, result);
  if (answer === 'gone') telemetry.count('LifecycleActionsGone');
  telemetry.info('lifecycle action completed', {
    deploymentId: deploymentIdFor(action.lifecycleActionToken),
    instanceId: action.instanceId,
    lifecycleHookName: action.lifecycleHookName,
    result,
    answer,
  });
  return answer;
}

/**
 * The lane leaves its token only on a deployment in progress, and this one has settled: either the token is there by
 * now, or the lane finds out by itself.
 */
async function releaseHeartbeatLane(action: LifecycleAction, { deployments, taskTokens }: Engine): Promise<void> {
  const deployment = await deployments.byId(deploymentIdFor(action.lifecycleActionToken));
  if (deployment?.heartbeatToken !== undefined) await taskTokens.answer(deployment.heartbeatToken, {});
}
