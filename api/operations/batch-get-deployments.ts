import type { BatchGetDeploymentsInput, BatchGetDeploymentsOutput } from '@aws-sdk/client-codedeploy';

import { findDeploymentIfAny } from '../deployments/find-deployment.ts';
import { DeploymentIdRequired } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { checkBatch } from '../validation/batch.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { required } from '../validation/required.ts';
import { deploymentInfo } from '../wire/deployment-info.ts';

const MOST_AT_ONCE = 25;

/**
 * Tells how several deployments are; those that are not there are left out.
 * @throws DeploymentIdRequired, BatchLimitExceeded, InvalidDeploymentId
 */
export const batchGetDeployments: Operation<BatchGetDeploymentsInput, BatchGetDeploymentsOutput> = {
  input: { deploymentIds: ['text'] },

  async run(input, ports) {
    const ids = checkBatch(required(input.deploymentIds, DeploymentIdRequired), MOST_AT_ONCE).map(requireDeploymentId);
    const found = await Promise.all(ids.map((id) => findDeploymentIfAny(id, ports)));
    const there = found.filter((deployment) => deployment !== undefined);
    return { deploymentsInfo: await Promise.all(there.map((deployment) => deploymentInfo(deployment, ports))) };
  },
};
