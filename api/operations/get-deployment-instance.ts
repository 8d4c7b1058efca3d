import type { GetDeploymentInstanceInput, GetDeploymentInstanceOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { findTargets } from '../deployments/pick-targets.ts';
import { InstanceDoesNotExist, InstanceIdRequired } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { required } from '../validation/required.ts';
import { checkInstanceId } from '../validation/target-id.ts';
import { instanceSummary } from '../wire/deployment-target.ts';

/**
 * What GetDeploymentTarget was before there were targets.
 * @throws DeploymentIdRequired, InstanceIdRequired, InvalidDeploymentId, InvalidDeploymentInput, DeploymentDoesNotExist,
 *   InstanceDoesNotExist, which it is as well before the targets are chosen
 */
export const getDeploymentInstance: Operation<GetDeploymentInstanceInput, GetDeploymentInstanceOutput> = {
  input: { deploymentId: 'text', instanceId: 'text' },

  async run(input, ports) {
    const deploymentId = requireDeploymentId(input.deploymentId);
    const instanceId = checkInstanceId(required(input.instanceId, InstanceIdRequired));
    const [target] = (await findTargets(await findDeployment(deploymentId, ports), [instanceId], ports)) ?? [];
    if (!target) throw new InstanceDoesNotExist(deploymentId, instanceId);
    return { instanceSummary: await instanceSummary(target, deploymentId, ports) };
  },
};
