import { describeGroup } from '../deployment-group.ts';
import type { FleetDeployment, FleetDeploymentOrder } from '../fleet-deployment.ts';
import type { LifecycleEvent } from '../lifecycle-event.ts';
import { describeRevision } from '../revision.ts';
import type { StackRequest } from './stack-request.ts';

/** What CloudFormation is told of a deployment. A reason is shown where the stack failed. */
export interface StackAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
}

/** The first target that failed, as far as its record tells. */
export interface FirstFailure {
  readonly instanceId: string;
  readonly reason: string;
  readonly lifecycleEvent?: LifecycleEvent | undefined;
}

/**
 * The answer of a deployment that ended. A stack that goes back is never held up: a second failure would leave it in
 * UPDATE_ROLLBACK_FAILED, out of which only an operator gets it, and the deployment's own record and alarm tell of it.
 */
export function answerAtTheEnd(
  deployment: FleetDeployment,
  request: StackRequest,
  more: { readonly firstFailure?: FirstFailure | undefined; readonly nextDeploymentId?: string | undefined },
): StackAnswer {
  const { deploymentId, status, errorInformation } = deployment;
  if (status === 'Succeeded' || foundNobody(deployment)) return { Status: 'SUCCESS' };
  const sentences = [
    `The deployment ${deploymentId} of ${describeRevision(deployment.revision)} to ${describeGroup(deployment)} ` +
      `${status === 'Stopped' ? 'was stopped' : 'failed'} (${errorInformation?.code}): ${errorInformation?.message}`,
    ...(more.firstFailure ? describeFailure(more.firstFailure) : []),
    ...(more.nextDeploymentId === undefined ? [] : [`${more.nextDeploymentId} follows it`]),
    howToFollow(deploymentId),
  ];
  return failure(sentences, request);
}

/** The answer of a deployment that takes longer than its stack waits. */
export function answerOfDelay(
  deployment: Pick<FleetDeploymentOrder, 'deploymentId' | 'createdAtMs'>,
  request: StackRequest,
): StackAnswer {
  const { deploymentId, createdAtMs } = deployment;
  const minutes = Math.round((request.deadlineMs - createdAtMs) / 60_000);
  const sentences = [
    `The deployment ${deploymentId} still runs after ${minutes} minutes, as long as its stack waits`,
    'Let the stack wait longer, use a deployment config that takes more hosts at once, or Rollout.start()',
    howToFollow(deploymentId),
  ];
  return failure(sentences, request);
}

/** Whether it ended because its group has no host: then nothing failed, and the next host gets the revision. */
export function foundNobody({ errorInformation }: FleetDeployment): boolean {
  return errorInformation?.code === 'NO_INSTANCES';
}

function failure(sentences: readonly string[], { isRollback }: StackRequest): StackAnswer {
  return {
    Status: isRollback ? 'SUCCESS' : 'FAILED',
    Reason: sentences.map((sentence) => sentence.replace(/\.?\s*$/, '.')).join(' '),
  };
}

function describeFailure({ instanceId, reason, lifecycleEvent }: FirstFailure): string[] {
  const { scriptName = '', logTail = '' } = lifecycleEvent?.diagnostics ?? {};
  const lines = logTail.trim().slice(-LONGEST_EXCERPT);
  return [
    `First to fail: ${instanceId}, ${reason.slice(0, LONGEST_REASON)}`,
    ...(lines === '' ? [] : [`${scriptName} printed in the end: ${lines}`]),
  ];
}

function howToFollow(deploymentId: string): string {
  return `Look at it with: slipway status ${deploymentId}, or aws deploy get-deployment --deployment-id ${deploymentId}`;
}

/** CloudFormation takes an answer of 4 KB in all. */
const LONGEST_EXCERPT = 700;
const LONGEST_REASON = 500;
