import type { ListOnPremisesInstancesInput, ListOnPremisesInstancesOutput } from '@aws-sdk/client-codedeploy';

import { filteredPage } from '../filtered-page.ts';
import type { Operation } from '../operation.ts';
import { openPage } from '../paging.ts';
import { checkInstanceFilter } from '../validation/on-premises-list.ts';

/**
 * Names of on-premises instances, a page at a time: registered ones, deregistered ones, or both.
 * @throws InvalidRegistrationStatus, InvalidTagFilter, InvalidNextToken
 */
export const listOnPremisesInstances: Operation<ListOnPremisesInstancesInput, ListOnPremisesInstancesOutput> = {
  input: {
    registrationStatus: 'text',
    tagFilters: [{ Key: 'text', Value: 'text', Type: 'text' }],
    nextToken: 'text',
  },

  async run(input, { onPremisesInstances }) {
    const isListed = checkInstanceFilter(input);
    const page = openPage('ListOnPremisesInstances', input);
    const read = (after: string | undefined, limit: number) => onPremisesInstances.page(after, limit);
    const { items, last } = await filteredPage(read, isListed, page.after);
    return { instanceNames: items.map(({ instanceName }) => instanceName), nextToken: page.tokenAfter(last) };
  },
};
