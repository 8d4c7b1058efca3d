import type { ListGitHubAccountTokenNamesInput, ListGitHubAccountTokenNamesOutput } from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';
import { openPage } from '../paging.ts';

/**
 * Names of the GitHub tokens that the engine's template declares; there are few enough for one page.
 * @throws InvalidNextToken
 */
export const listGitHubAccountTokenNames: Operation<
  ListGitHubAccountTokenNamesInput,
  ListGitHubAccountTokenNamesOutput
> = {
  input: { nextToken: 'text' },

  run(input, { gitHubTokens }) {
    openPage('ListGitHubAccountTokenNames', input);
    return Promise.resolve({ tokenNameList: [...gitHubTokens.names] });
  },
};
