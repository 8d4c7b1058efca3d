import { z } from 'zod';
import { taggedResources } from '../account.ts';
import { filters, passes } from '../filters.ts';
import { operation } from '../operation.ts';

/** Tags of instances, launch templates and the network. */
export const describeTags = operation(z.object({ Filter: filters }), ({ Filter }, account) => ({
  tagSet: taggedResources(account)
    .flatMap(({ resourceId, resourceType, tags }) =>
      [...tags].map(([key, value]) => ({ resourceId, resourceType, key, value })),
    )
    .filter(({ resourceId, resourceType, key, value }) =>
      passes(Filter, (name) => {
        if (name.startsWith('tag:')) return name === `tag:${key}` ? [value] : [];
        const seen = { 'resource-id': resourceId, 'resource-type': resourceType, key, value };
        return Object.hasOwn(seen, name) ? [seen[name as keyof typeof seen]] : undefined;
      }),
    ),
}));
