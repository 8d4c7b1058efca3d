import type { GetDeploymentTargetInput, GetDeploymentTargetOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { pickTargets } from '../deployments/pick-targets.ts';
import { DeploymentTargetIdRequired } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { required } from '../validation/required.ts';
import { checkTargetId } from '../validation/target-id.ts';
import { deploymentTarget } from '../wire/deployment-target.ts';

/**
 * Tells how one target of a deployment is, with its lifecycle events.
 * @throws DeploymentIdRequired, DeploymentTargetIdRequired, InvalidDeploymentId, InvalidDeploymentInput,
 *   DeploymentDoesNotExist, DeploymentNotStarted, DeploymentTargetDoesNotExist
 */
export const getDeploymentTarget: Operation<GetDeploymentTargetInput, GetDeploymentTargetOutput> = {
  input: { deploymentId: 'text', targetId: 'text' },

  async run(input, ports) {
    const deploymentId = requireDeploymentId(input.deploymentId);
    const targetId = checkTargetId(required(input.targetId, DeploymentTargetIdRequired));
    const found = await findDeployment(deploymentId, ports);
    const [target] = await pickTargets(found, deploymentId, [targetId], ports);
    return { deploymentTarget: target && (await deploymentTarget(target, deploymentId, ports)) };
  },
};
