import type { ListGitHubAccountTokenNamesInput, ListGitHubAccountTokenNamesOutput } from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';
import { openPage, PAGE_SIZE } from '../paging.ts';

/**
 * Names of stored GitHub tokens, a page at a time.
 * @throws InvalidNextToken
 */
export const listGitHubAccountTokenNames: Operation<
  ListGitHubAccountTokenNamesInput,
  ListGitHubAccountTokenNamesOutput
> = {
  input: { nextToken: 'text' },

  async run(input, { gitHubTokens }) {
    const page = openPage('ListGitHubAccountTokenNames', input);
    const { items, last } = await gitHubTokens.names(page.after, PAGE_SIZE);
    return { tokenNameList: [...items], nextToken: page.tokenAfter(last) };
  },
};
