import type { BatchGetDeploymentTargetsInput, BatchGetDeploymentTargetsOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { pickTargets } from '../deployments/pick-targets.ts';
import { DeploymentTargetIdRequired, DeploymentTargetListSizeExceeded } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { required } from '../validation/required.ts';
import { checkTargetId } from '../validation/target-id.ts';
import { deploymentTarget } from '../wire/deployment-target.ts';

const MOST_AT_ONCE = 25;

/**
 * Tells how several targets of a deployment are.
 * @throws DeploymentIdRequired, DeploymentTargetIdRequired, InvalidDeploymentId, DeploymentTargetListSizeExceeded,
 *   InvalidDeploymentInput, DeploymentDoesNotExist, DeploymentNotStarted, DeploymentTargetDoesNotExist
 */
export const batchGetDeploymentTargets: Operation<BatchGetDeploymentTargetsInput, BatchGetDeploymentTargetsOutput> = {
  input: { deploymentId: 'text', targetIds: ['text'] },

  async run(input, ports) {
    const deploymentId = requireDeploymentId(input.deploymentId);
    const targetIds = required(input.targetIds, DeploymentTargetIdRequired);
    if (targetIds.length > MOST_AT_ONCE) throw new DeploymentTargetListSizeExceeded(targetIds.length, MOST_AT_ONCE);
    targetIds.forEach(checkTargetId);
    const found = await findDeployment(deploymentId, ports);
    const targets = await pickTargets(found, deploymentId, targetIds, ports);
    return {
      deploymentTargets: await Promise.all(targets.map((target) => deploymentTarget(target, deploymentId, ports))),
    };
  },
};
