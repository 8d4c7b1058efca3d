import type { ListApplicationsInput, ListApplicationsOutput } from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';
import { openPage, PAGE_SIZE } from '../paging.ts';

/**
 * Names of all applications, a page at a time.
 * @throws InvalidNextToken
 */
export const listApplications: Operation<ListApplicationsInput, ListApplicationsOutput> = {
  input: { nextToken: 'text' },

  async run(input, { applications }) {
    const page = openPage('ListApplications', input);
    const { items, last } = await applications.names(page.after, PAGE_SIZE);
    return { applications: [...items], nextToken: page.tokenAfter(last) };
  },
};
