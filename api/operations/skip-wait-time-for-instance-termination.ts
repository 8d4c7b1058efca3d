import type { SkipWaitTimeForInstanceTerminationInput } from '@aws-sdk/client-codedeploy';

import { refuseToContinue } from '../deployments/refuse-to-continue.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';

/**
 * What ContinueDeployment with TERMINATION_WAIT was before there was one.
 * @throws DeploymentIdRequired, InvalidDeploymentId, DeploymentDoesNotExist, DeploymentAlreadyCompleted, UnsupportedAction
 */
export const skipWaitTimeForInstanceTermination: Operation<SkipWaitTimeForInstanceTerminationInput, object> = {
  input: { deploymentId: 'text' },

  run: async (input, ports) => refuseToContinue(requireDeploymentId(input.deploymentId), ports),
};
