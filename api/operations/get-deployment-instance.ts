import type { GetDeploymentInstanceInput, GetDeploymentInstanceOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { targetsOf } from '../deployments/targets-of.ts';
import { InstanceDoesNotExist, InstanceIdRequired } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { required } from '../validation/required.ts';
import { instanceSummary } from '../wire/deployment-target.ts';

/**
 * What GetDeploymentTarget was before there were targets.
 * @throws DeploymentIdRequired, InstanceIdRequired, InvalidDeploymentId, DeploymentDoesNotExist, DeploymentNotStarted,
 *   InstanceDoesNotExist
 */
export const getDeploymentInstance: Operation<GetDeploymentInstanceInput, GetDeploymentInstanceOutput> = {
  input: { deploymentId: 'text', instanceId: 'text' },

  async run(input, ports) {
    const deploymentId = requireDeploymentId(input.deploymentId);
    const instanceId = required(input.instanceId, InstanceIdRequired);
    const targets = await targetsOf(await findDeployment(deploymentId, ports), ports);
    const target = targets.find(({ targetId }) => targetId === instanceId);
    if (!target) throw new InstanceDoesNotExist(deploymentId, instanceId);
    return { instanceSummary: await instanceSummary(target, deploymentId, ports) };
  },
};
