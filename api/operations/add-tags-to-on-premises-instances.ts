import type { AddTagsToOnPremisesInstancesInput } from '@aws-sdk/client-codedeploy';

import { withTags } from '../../core/on-premises/instance-tags.ts';
import { changeTags } from '../on-premises/change-tags.ts';
import type { Operation } from '../operation.ts';

/**
 * Adds tags to on-premises instances; a key that is there gets its new value.
 * @throws InstanceNameRequired, TagRequired, InvalidInstanceName, InstanceLimitExceeded, InstanceNotRegistered,
 *   InvalidTag, TagLimitExceeded
 */
export const addTagsToOnPremisesInstances: Operation<AddTagsToOnPremisesInstancesInput, object> = {
  input: { tags: [{ Key: 'text', Value: 'text' }], instanceNames: ['text'] },

  async run(input, ports) {
    await changeTags(input, withTags, ports);
    return {};
  },
};
