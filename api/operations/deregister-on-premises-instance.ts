import type { DeregisterOnPremisesInstanceInput } from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';
import { requireInstanceName } from '../validation/on-premises-instance.ts';

/**
 * Takes an on-premises instance out of all deployments to come; its tags stay. One that is not registered is
 * deregistered already. The machine, its agent and its IAM identity stay as they are.
 * @throws InstanceNameRequired, InvalidInstanceName
 */
export const deregisterOnPremisesInstance: Operation<DeregisterOnPremisesInstanceInput, object> = {
  input: { instanceName: 'text' },

  async run(input, { onPremisesInstances, clock }) {
    await onPremisesInstances.deregister(requireInstanceName(input.instanceName), clock());
    return {};
  },
};
