import type { RegisterOnPremisesInstanceInput } from '@aws-sdk/client-codedeploy';

import type { IamIdentity } from '../../core/on-premises/on-premises-instance.ts';
import { isRegistered, onPremisesInstanceArn } from '../../core/on-premises/on-premises-instance.ts';
import type { ApiError } from '../errors/api-error.ts';
import {
  IamSessionArnAlreadyRegistered,
  IamUserArnAlreadyRegistered,
  InstanceNameAlreadyRegistered,
  InstanceNameRequired,
} from '../errors/on-premises-errors.ts';
import type { Operation } from '../operation.ts';
import { checkIamIdentity, checkInstanceName, requireIamIdentity } from '../validation/on-premises-instance.ts';
import { required } from '../validation/required.ts';

/**
 * Registers a machine outside of EC2, without tags; one that was deregistered begins anew.
 * @throws InstanceNameRequired, IamArnRequired, MultipleIamArnsProvided, InvalidInstanceName, InvalidIamUserArn,
 *   InvalidIamSessionArn, InstanceNameAlreadyRegistered, IamUserArnAlreadyRegistered, IamSessionArnAlreadyRegistered
 */
export const registerOnPremisesInstance: Operation<RegisterOnPremisesInstanceInput, object> = {
  input: { instanceName: 'text', iamSessionArn: 'text', iamUserArn: 'text' },

  async run(input, { onPremisesInstances, instanceArnPrefix, clock, newId }) {
    const given = required(input.instanceName, InstanceNameRequired);
    const givenIdentity = requireIamIdentity(input);
    const instanceName = checkInstanceName(given);
    const identity = checkIamIdentity(givenIdentity);
    const before = await onPremisesInstances.byName(instanceName);
    if (before && isRegistered(before)) throw new InstanceNameAlreadyRegistered(instanceName);

    const outcome = await onPremisesInstances.register({
      instanceName,
      instanceArn: onPremisesInstanceArn(instanceArnPrefix, instanceName, newId()),
      identity,
      registeredAtMs: clock(),
      tags: {},
      tagsVersion: 0,
    });
    if (outcome === 'name taken') throw new InstanceNameAlreadyRegistered(instanceName);
    if (outcome === 'identity taken') throw identityTaken(identity);
    return {};
  },
};

function identityTaken({ kind, arn }: IamIdentity): ApiError {
  return kind === 'user' ? new IamUserArnAlreadyRegistered(arn) : new IamSessionArnAlreadyRegistered(arn);
}
