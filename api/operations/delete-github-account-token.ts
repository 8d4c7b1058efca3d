import type { DeleteGitHubAccountTokenInput, DeleteGitHubAccountTokenOutput } from '@aws-sdk/client-codedeploy';

import {
  GitHubAccountTokenDoesNotExist,
  GitHubAccountTokenNameRequired,
  InvalidGitHubAccountTokenName,
} from '../errors/github-token-errors.ts';
import type { Operation } from '../operation.ts';
import { required } from '../validation/required.ts';

/**
 * Forgets a stored GitHub token.
 * @throws GitHubAccountTokenNameRequired, InvalidGitHubAccountTokenName, GitHubAccountTokenDoesNotExist
 */
export const deleteGitHubAccountToken: Operation<DeleteGitHubAccountTokenInput, DeleteGitHubAccountTokenOutput> = {
  input: { tokenName: 'text' },

  async run(input, { gitHubTokens }) {
    const tokenName = required(input.tokenName, GitHubAccountTokenNameRequired);
    if (!/^[\x20-\x7e]{1,100}$/.test(tokenName)) throw new InvalidGitHubAccountTokenName(tokenName);
    if ((await gitHubTokens.delete(tokenName)) === 'gone') throw new GitHubAccountTokenDoesNotExist(tokenName);
    return { tokenName };
  },
};
