import type { ListTagsForResourceInput, ListTagsForResourceOutput } from '@aws-sdk/client-codedeploy';

import { ApiError } from '../errors/api-error.ts';
import type { Operation, Ports } from '../operation.ts';
import type { TaggedResource } from '../../core/resource-arn.ts';
import { findTaggedResource, requireTaggedResource } from '../validation/tagged-resource.ts';

/**
 * The tags of a resource, all on one page; CodeDeploy lists no error for a resource that is not there.
 * @throws ResourceArnRequired, InvalidArn, ArnNotSupported
 */
export const listTagsForResource: Operation<ListTagsForResourceInput, ListTagsForResourceOutput> = {
  input: { ResourceArn: 'text', NextToken: 'text' },

  async run(input, ports) {
    const tags = await tagsOf(requireTaggedResource(input.ResourceArn), ports);
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
};

async function tagsOf(resource: TaggedResource, ports: Ports): Promise<Readonly<Record<string, string>>> {
  try {
    return await ports.resourceTags.of(await findTaggedResource(resource, ports));
  } catch (error) {
    if (error instanceof ApiError) return {};
    throw error;
  }
}
