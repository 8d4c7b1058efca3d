import { describeGroup } from './deployment-group.ts';
import type { DeploymentGroupName } from './names.ts';
import type { Settlement, Stop, TargetOutcome } from './target.ts';
import { resultWithoutSuccess, type TargetRequest } from './target-request.ts';

/** Whether the deployment behind one that ended so may begin: it succeeded, or had nothing to do. */
export function letsTheNextBegin({ status, lifecycleActionResult }: Omit<Settlement, 'reason'>): boolean {
  return (status === 'Succeeded' || status === 'Skipped') && lifecycleActionResult === 'CONTINUE';
}

/**
 * What becomes of a deployment whose turn never comes, because one before it did not end well. It bears the same result:
 * an action that is gone stays gone, one that is open ends as that deployment has decided.
 */
export function skippedBehind(
  before: DeploymentGroupName & Settlement & { readonly deploymentId: string },
): Settlement {
  const { deploymentId, status, lifecycleActionResult, reason } = before;
  const ended = { Failed: 'failed', Stopped: 'was stopped', Skipped: 'was skipped', Succeeded: 'succeeded' }[status];
  return {
    status: 'Skipped',
    lifecycleActionResult,
    reason: `The deployment ${deploymentId} of ${describeGroup(before)}, whose turn was before, ${ended}: ${reason}`,
  };
}

/** What becomes of a deployment when the work of its action is stopped before its turn. */
export function skippedBefore(request: TargetRequest, { kind, reason }: Stop): Settlement {
  return {
    status: 'Skipped',
    lifecycleActionResult: kind === 'LifecycleActionGone' ? null : resultWithoutSuccess(request),
    reason: `Its turn had not come: ${reason}`,
  };
}

/** How one of several deployments ended. */
export type DeploymentOutcome = Pick<
  TargetOutcome,
  'deploymentId' | 'applicationName' | 'deploymentGroupName' | 'status' | 'reason'
>;

/** What an execution returns: the outcome that the lifecycle action ends with. */
export interface ExecutionOutcome extends TargetOutcome {
  /** How each deployment ended, in the order in which they ran; missing where there is one alone. */
  readonly deployments?: readonly DeploymentOutcome[];
}

/**
 * The one verdict on all deployments of an action: that of the first that did not end well, else of the last that
 * deployed something.
 * @param outcomes in the order in which the deployments run, at least one
 */
export function verdictOn(outcomes: readonly TargetOutcome[]): ExecutionOutcome {
  const deciding =
    outcomes.find((outcome) => !letsTheNextBegin(outcome)) ??
    outcomes.findLast(({ status }) => status === 'Succeeded') ??
    outcomes[0];
  if (!deciding) throw new Error('There is no verdict on no deployment');
  return outcomes.length === 1 ? deciding : { ...deciding, deployments: outcomes.map(summary) };
}

function summary({ deploymentId, applicationName, deploymentGroupName, status, reason }: TargetOutcome) {
  return { deploymentId, applicationName, deploymentGroupName, status, reason };
}
