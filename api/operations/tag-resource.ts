import type { TagResourceInput } from '@aws-sdk/client-codedeploy';

import { MOST_RESOURCE_TAGS } from '../../core/resource-tags.ts';
import { InvalidTagsToAdd, TagRequired } from '../errors/tag-errors.ts';
import type { Operation } from '../operation.ts';
import { required } from '../validation/required.ts';
import { checkTags } from '../validation/resource-tags.ts';
import { findTaggedResource, requireTaggedResource } from '../validation/tagged-resource.ts';

/**
 * Adds tags to a resource; one that is there gets its new value.
 * @throws ResourceArnRequired, TagRequired, InvalidArn, ArnNotSupported, ApplicationDoesNotExist,
 *   DeploymentGroupDoesNotExist, DeploymentConfigDoesNotExist, InvalidTagsToAdd
 */
export const tagResource: Operation<TagResourceInput, object> = {
  input: { ResourceArn: 'text', Tags: [{ Key: 'text', Value: 'text' }] },

  async run(input, ports) {
    const resource = requireTaggedResource(input.ResourceArn);
    const given = required(input.Tags, TagRequired);
    const resourceId = await findTaggedResource(resource, ports);
    const tags = checkTags(given);
    const all = { ...(await ports.resourceTags.of(resourceId)), ...tags };
    if (Object.keys(all).length > MOST_RESOURCE_TAGS) {
      throw new InvalidTagsToAdd(`A resource has ${MOST_RESOURCE_TAGS} tags at most; remove some first`);
    }
    await ports.resourceTags.add(resourceId, tags);
    return {};
  },
};
