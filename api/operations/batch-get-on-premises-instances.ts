import type { BatchGetOnPremisesInstancesInput, BatchGetOnPremisesInstancesOutput } from '@aws-sdk/client-codedeploy';

import { InstanceNameRequired } from '../errors/on-premises-errors.ts';
import type { Operation } from '../operation.ts';
import { checkBatch } from '../validation/batch.ts';
import { requireInstanceName } from '../validation/on-premises-instance.ts';
import { required } from '../validation/required.ts';
import { instanceInfo } from '../wire/instance-info.ts';

const MOST_AT_ONCE = 25;

/**
 * Tells what is known of several on-premises instances; those that were never registered are left out.
 * @throws InstanceNameRequired, BatchLimitExceeded, InvalidInstanceName
 */
export const batchGetOnPremisesInstances: Operation<
  BatchGetOnPremisesInstancesInput,
  BatchGetOnPremisesInstancesOutput
> = {
  input: { instanceNames: ['text'] },

  async run(input, { onPremisesInstances }) {
    const names = checkBatch(required(input.instanceNames, InstanceNameRequired), MOST_AT_ONCE);
    const instanceNames = names.map(requireInstanceName);
    const instances = await Promise.all(instanceNames.map((name) => onPremisesInstances.byName(name)));
    return { instanceInfos: instances.filter((instance) => instance !== undefined).map(instanceInfo) };
  },
};
