import { type GitHubTokens, ParameterGitHubTokens } from '../adapters/parameter-store/github-tokens.ts';

/**
 * The tokens that this function may read: `SLIPWAY_GITHUB_TOKENS` is JSON, the names of parameters by the owners of
 * repositories, as in `{"acme":"/github/acme"}`. Missing where there are none.
 */
export function connectGitHubTokens(environment: NodeJS.ProcessEnv): GitHubTokens {
  const parameterNames = JSON.parse(environment['SLIPWAY_GITHUB_TOKENS'] ?? '{}') as Record<string, string>;
  return new ParameterGitHubTokens(parameterNames, readParameter, Date.now);
}

/** Systems Manager's client is loaded with the first token: an engine without tokens never pays for it. */
async function readParameter(parameterName: string): Promise<string | undefined> {
  const { connectSecretParameter } = await import('../adapters/parameter-store/secret-parameter.ts');
  return connectSecretParameter(parameterName).read();
}
