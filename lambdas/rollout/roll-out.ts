import { isDeepStrictEqual } from 'node:util';

import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

import type { CustomResourceResponse } from '../../adapters/cloudformation/custom-resource-response.ts';
import { ApiError } from '../../api/errors/api-error.ts';
import { describeGroup } from '../../core/deployment-group.ts';
import { InvalidDeclaration } from '../registration/properties.ts';
import { bringAbout } from './bring-about.ts';
import { declaredRollout } from './declared-rollout.ts';
import type { Ports } from './ports.ts';

type Answer = Pick<CustomResourceResponse, 'Status' | 'Reason' | 'PhysicalResourceId' | 'Data'>;

/** Names what a failed creation did not create. */
const NEVER_ROLLED_OUT = 'never-rolled-out';

/**
 * Brings a declared revision to the hosts that there are, and answers CloudFormation; unless a deployment was begun whose
 * verdict is the answer, and whose end gives it. Invoked twice with the same request, it does the same.
 * @throws whatever keeps it from an answer that a stack could live with: Lambda invokes it again, twice
 */
export async function rollOut(event: CloudFormationCustomResourceEvent, ports: Ports): Promise<void> {
  const isRollback = event.RequestType === 'Update' && (await ports.stacks.isRollingBack(event.StackId));
  const answer = await answerTo(event, isRollback, ports);
  if (answer === 'later') return;
  await ports.respond(event.ResponseURL, {
    ...answer,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
}

async function answerTo(
  event: CloudFormationCustomResourceEvent,
  isRollback: boolean,
  ports: Ports,
): Promise<Answer | 'later'> {
  const before = 'PhysicalResourceId' in event ? event.PhysicalResourceId : NEVER_ROLLED_OUT;
  // What hosts run they keep: whoever removes a roll-out wants no other revision on them.
  if (event.RequestType === 'Delete') return { Status: 'SUCCESS', PhysicalResourceId: before };
  try {
    const rollout = declaredRollout(event.ResourceProperties);
    const PhysicalResourceId = describeGroup(rollout);
    const outcome = await bringAbout(
      rollout,
      { event, isRollback, physicalResourceId: PhysicalResourceId, isUnchanged: isUnchanged(event) },
      ports,
    );
    if (outcome === 'later') return 'later';
    return { Status: 'SUCCESS', PhysicalResourceId, Data: { DeploymentId: outcome.deploymentId ?? 'none' } };
  } catch (error) {
    const isExplained = error instanceof InvalidDeclaration || error instanceof ApiError;
    ports.telemetry.error('roll-out failed', error, { logicalResourceId: event.LogicalResourceId, isRollback });
    // An answer of failure would leave the stack in UPDATE_ROLLBACK_FAILED.
    if (isRollback && !isExplained) throw error;
    return {
      Status: isRollback ? 'SUCCESS' : 'FAILED',
      Reason: isExplained ? error.message : 'The roll-out failed; the log of its function says why',
      PhysicalResourceId: before,
      Data: { DeploymentId: 'none' },
    };
  }
}

/** Whether an update is about how a revision is rolled out only, and not about which. */
function isUnchanged(event: CloudFormationCustomResourceEvent): boolean {
  if (event.RequestType !== 'Update') return false;
  const { ResourceProperties: now, OldResourceProperties: before } = event;
  return ['ApplicationName', 'DeploymentGroupName', 'Revision'].every((name) =>
    isDeepStrictEqual(now[name], before[name]),
  );
}
