import { letsTheNextBegin, skippedBehind } from '../../../core/shared-action.ts';
import { deploymentsOf, targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import { outcomeOf, type TargetOutcome } from '../../../core/target.ts';
import type { Engine } from '../../engine.ts';
import { recordUnopened } from './record-unopened.ts';
import { settleDeployment } from './settle-deployment.ts';

/** Where a request has come to in its deployments. */
export interface Progress {
  /** How those that are over ended, in order. */
  readonly outcomes: readonly TargetOutcome[];
  /** The others, in order. */
  readonly ahead: readonly TargetRequest[];
}

/**
 * Where a request has come to when one of its deployments is at work. Those before it are settled.
 * @param deploymentId of that deployment; the first, if it is not known
 */
export async function progressAt(
  request: TargetRequest,
  deploymentId: string | undefined,
  engine: Pick<Engine, 'targets'>,
): Promise<Progress> {
  const deployments = deploymentsOf(request);
  const ids = deployments.map((deployment) => targetIdOf(deployment));
  const index = deploymentId === undefined ? 0 : ids.findIndex((id) => id.deploymentId === deploymentId);
  if (index < 0) throw new Error(`The ${request.type} of ${request.instanceId} has no deployment ${deploymentId}`);

  const before = await Promise.all(ids.slice(0, index).map((id) => engine.targets.byId(id)));
  const outcomes = before.map((target) => {
    if (!target?.settlement) throw new Error(`A deployment before ${deploymentId} has not settled`);
    return outcomeOf(target, target.settlement, target.lifecycleEvents);
  });
  return { outcomes, ahead: deployments.slice(index) };
}

/** The first of these outcomes behind which nothing begins. */
export function whatEndedBadly(outcomes: readonly TargetOutcome[]): TargetOutcome | undefined {
  return outcomes.find((outcome) => !letsTheNextBegin(outcome));
}

/** Puts on record that the turn of a deployment never came. Where it had come after all, it is settled as it stands. */
export async function skipBehind(
  bad: TargetOutcome,
  deployment: TargetRequest,
  engine: Engine,
): Promise<TargetOutcome> {
  const record = await recordUnopened(deployment, skippedBehind(bad), engine);
  if (record === 'exists') return settleDeployment(deployment, undefined, engine);
  await engine.notifications.ofTarget(record);
  return outcomeOf(record, record.settlement, record.lifecycleEvents);
}
