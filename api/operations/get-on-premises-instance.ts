import type { GetOnPremisesInstanceInput, GetOnPremisesInstanceOutput } from '@aws-sdk/client-codedeploy';

import { InstanceNotRegistered } from '../errors/on-premises-errors.ts';
import type { Operation } from '../operation.ts';
import { requireInstanceName } from '../validation/on-premises-instance.ts';
import { instanceInfo } from '../wire/instance-info.ts';

/**
 * Tells what is known of an on-premises instance, though it may be deregistered.
 * @throws InstanceNameRequired, InvalidInstanceName, InstanceNotRegistered
 */
export const getOnPremisesInstance: Operation<GetOnPremisesInstanceInput, GetOnPremisesInstanceOutput> = {
  input: { instanceName: 'text' },

  async run(input, { onPremisesInstances }) {
    const instanceName = requireInstanceName(input.instanceName);
    const instance = await onPremisesInstances.byName(instanceName);
    if (!instance) throw new InstanceNotRegistered(instanceName);
    return { instanceInfo: instanceInfo(instance) };
  },
};
