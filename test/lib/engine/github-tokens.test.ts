import { Key } from 'aws-cdk-lib/aws-kms';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, it } from 'vitest';

import { type GitHubTokens, readGitHubTokens } from '../../../lib/engine/github-tokens.ts';

const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack', {
  env: { account: '111122223333', region: 'us-east-1' },
});
const read = (tokens?: GitHubTokens) => {
  const { environment, statements } = readGitHubTokens(stack, tokens);
  return { environment, statements: statements.map((statement) => stack.resolve(statement.toJSON()) as object) };
};

it('lets functions read the tokens that are named, by the keys that are named, and nothing else', () => {
  const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/tokens';
  const encryptionKey = Key.fromKeyArn(stack, 'Tokens', keyArn);

  const { environment, statements } = read({
    acme: { parameterName: '/github/acme', encryptionKey },
    'globex-corp': { parameterName: 'globex', encryptionKey },
  });

  expect(JSON.parse(environment['SLIPWAY_GITHUB_TOKENS'] ?? '')).toEqual({
    acme: '/github/acme',
    'globex-corp': 'globex',
  });
  expect(statements).toMatchObject([
    { Effect: 'Allow', Action: 'ssm:GetParameter' },
    { Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn },
  ]);
  expect(JSON.stringify(statements[0]).match(/:111122223333:parameter[^"]*/g)).toEqual([
    ':111122223333:parameter/github/acme',
    ':111122223333:parameter/globex',
  ]);
});

it('asks for nothing where no token is kept', () => {
  expect(read()).toEqual({ environment: {}, statements: [] });
});

it.each<readonly [string, GitHubTokens, string]>([
  ['a repository', { 'acme/web': { parameterName: '/a' } }, 'name the user or the organization alone'],
  [
    'more than CodeDeploy keeps',
    Object.fromEntries(Array.from({ length: 26 }, (_, nth) => [`owner${nth}`, { parameterName: '/a' }])),
    '26 tokens, of at most 25',
  ],
])('cannot be named for %s', (_, tokens, message) => {
  expect(() => read(tokens)).toThrow(message);
});
