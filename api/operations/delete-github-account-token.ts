import type { DeleteGitHubAccountTokenInput, DeleteGitHubAccountTokenOutput } from '@aws-sdk/client-codedeploy';

import {
  GitHubAccountTokenDoesNotExist,
  GitHubAccountTokenNameRequired,
  InvalidGitHubAccountTokenName,
  OperationNotSupported,
} from '../errors/github-token-errors.ts';
import type { Operation } from '../operation.ts';
import { required } from '../validation/required.ts';

/**
 * Forgets no GitHub token: those that there are belong to the engine's template.
 * @throws GitHubAccountTokenNameRequired, InvalidGitHubAccountTokenName, GitHubAccountTokenDoesNotExist,
 *   OperationNotSupported, one of them always
 */
export const deleteGitHubAccountToken: Operation<DeleteGitHubAccountTokenInput, DeleteGitHubAccountTokenOutput> = {
  input: { tokenName: 'text' },

  run(input, { gitHubTokens }) {
    const tokenName = required(input.tokenName, GitHubAccountTokenNameRequired);
    if (!/^[\x20-\x7e]{1,100}$/.test(tokenName)) throw new InvalidGitHubAccountTokenName(tokenName);
    if (!gitHubTokens.names.includes(tokenName)) throw new GitHubAccountTokenDoesNotExist(tokenName);
    throw new OperationNotSupported(tokenName);
  },
};
