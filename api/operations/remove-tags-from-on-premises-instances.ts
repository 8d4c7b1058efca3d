import type { RemoveTagsFromOnPremisesInstancesInput } from '@aws-sdk/client-codedeploy';

import { withoutTags } from '../../core/on-premises/instance-tags.ts';
import { changeTags } from '../on-premises/change-tags.ts';
import type { Operation } from '../operation.ts';

/**
 * Removes tags from on-premises instances, by key and value; those that an instance has not do not matter.
 * @throws InstanceNameRequired, TagRequired, InvalidInstanceName, InstanceLimitExceeded, InstanceNotRegistered,
 *   InvalidTag, TagLimitExceeded
 */
export const removeTagsFromOnPremisesInstances: Operation<RemoveTagsFromOnPremisesInstancesInput, object> = {
  input: { tags: [{ Key: 'text', Value: 'text' }], instanceNames: ['text'] },

  async run(input, ports) {
    await changeTags(input, withoutTags, ports);
    return {};
  },
};
