import type { GetDeploymentInput, GetDeploymentOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { deploymentInfo } from '../wire/deployment-info.ts';

/**
 * Tells how a deployment is, to a fleet as well as to an instance that launches or leaves.
 * @throws DeploymentIdRequired, InvalidDeploymentId, DeploymentDoesNotExist
 */
export const getDeployment: Operation<GetDeploymentInput, GetDeploymentOutput> = {
  input: { deploymentId: 'text' },

  async run(input, ports) {
    const found = await findDeployment(requireDeploymentId(input.deploymentId), ports);
    return { deploymentInfo: await deploymentInfo(found, ports) };
  },
};
