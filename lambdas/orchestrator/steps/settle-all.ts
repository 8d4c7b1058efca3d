import type { ExecutionError } from '../../../core/settlement.ts';
import { type ExecutionOutcome, verdictOn } from '../../../core/shared-action.ts';
import type { TargetRequest } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';
import { progressAt, skipBehind, whatEndedBadly } from './several-deployments.ts';
import { settleDeployment } from './settle-deployment.ts';

/** What is known when the work on a host is over. */
export interface EndOfWork {
  /** What broke the execution, if anything did. */
  readonly error?: ExecutionError | undefined;
  /** The deployment that was at work, where that is known. */
  readonly deploymentId?: string | undefined;
}

/**
 * Settles every deployment of a request that has not settled, in order: behind the first that did not end well they are
 * skipped. Repeated, it finds the same verdict.
 */
export async function settleAll(
  request: TargetRequest,
  { error, deploymentId }: EndOfWork,
  engine: Engine,
): Promise<ExecutionOutcome> {
  const { outcomes: before, ahead } = await progressAt(request, deploymentId, engine);
  const outcomes = [...before];
  for (const deployment of ahead) {
    const bad = whatEndedBadly(outcomes);
    const outcome = bad ? await skipBehind(bad, deployment, engine) : await settleDeployment(deployment, error, engine);
    outcomes.push(outcome);
  }
  return verdictOn(outcomes);
}
