import type { UntagResourceInput } from '@aws-sdk/client-codedeploy';

import { TagRequired } from '../errors/tag-errors.ts';
import type { Operation } from '../operation.ts';
import { required } from '../validation/required.ts';
import { checkTags } from '../validation/resource-tags.ts';
import { findTaggedResource, requireTaggedResource } from '../validation/tagged-resource.ts';

/**
 * Removes tags from a resource by their keys; those that it has not do not matter.
 * @throws ResourceArnRequired, TagRequired, InvalidArn, ArnNotSupported, ApplicationDoesNotExist,
 *   DeploymentGroupDoesNotExist, DeploymentConfigDoesNotExist, InvalidTagsToAdd for keys that no tag can have
 */
export const untagResource: Operation<UntagResourceInput, object> = {
  input: { ResourceArn: 'text', TagKeys: ['text'] },

  async run(input, ports) {
    const resource = requireTaggedResource(input.ResourceArn);
    const keys = [...new Set(required(input.TagKeys, TagRequired))];
    const resourceId = await findTaggedResource(resource, ports);
    checkTags(keys.map((Key) => ({ Key })));
    await ports.resourceTags.remove(resourceId, keys);
    return {};
  },
};
