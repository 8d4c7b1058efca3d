import type { BatchGetDeploymentInstancesInput, BatchGetDeploymentInstancesOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { findTargets } from '../deployments/pick-targets.ts';
import { InstanceDoesNotExist, InstanceIdRequired } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { checkBatch } from '../validation/batch.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { required } from '../validation/required.ts';
import { checkInstanceId } from '../validation/target-id.ts';
import { instanceSummary } from '../wire/deployment-target.ts';

const MOST_AT_ONCE = 25;

/**
 * What BatchGetDeploymentTargets was before there were targets; instances that are not there are named in a message.
 * @throws DeploymentIdRequired, InstanceIdRequired, BatchLimitExceeded, InvalidDeploymentId, InvalidDeploymentInput,
 *   DeploymentDoesNotExist
 */
export const batchGetDeploymentInstances: Operation<
  BatchGetDeploymentInstancesInput,
  BatchGetDeploymentInstancesOutput
> = {
  input: { deploymentId: 'text', instanceIds: ['text'] },

  async run(input, ports) {
    const deploymentId = requireDeploymentId(input.deploymentId);
    const ids = checkBatch(required(input.instanceIds, InstanceIdRequired), MOST_AT_ONCE).map(checkInstanceId);
    const found = (await findTargets(await findDeployment(deploymentId, ports), ids, ports)) ?? [];
    return {
      instancesSummary: await Promise.all(found.map((target) => instanceSummary(target, deploymentId, ports))),
      errorMessage: ids
        .filter((id) => !found.some(({ targetId }) => targetId === id))
        .map((id) => new InstanceDoesNotExist(deploymentId, id).message)
        .join('; '),
    };
  },
};
