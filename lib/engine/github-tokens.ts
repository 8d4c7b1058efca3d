import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** Where a token lies that opens private repositories of GitHub. */
export interface GitHubToken {
  /** Of a SecureString in Parameter Store, as in `/github/acme`. */
  readonly parameterName: string;
  /**
   * What it is encrypted with.
   * @default the account's own `aws/ssm` key; then every instance that Systems Manager manages may read the token
   */
  readonly encryptionKey?: IKey;
}

/** Tokens by the owners of the repositories that they open. */
export type GitHubTokens = Readonly<Record<string, GitHubToken>>;

/** What a function needs to read tokens. */
export interface GitHubTokenAccess {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

const MOST_TOKENS = 25; // as with CodeDeploy
const OWNER = /^[a-z\d](?:-?[a-z\d]){0,38}$/i;

/** Lets a function read tokens, and nothing where there are none. @throws Error for names that cannot be */
export function readGitHubTokens(scope: Construct, tokens: GitHubTokens = {}): GitHubTokenAccess {
  const owners = Object.keys(tokens);
  if (owners.length === 0) return { environment: {}, statements: [] };
  checkOwners(owners);
  const parameterNames = Object.fromEntries(owners.map((owner) => [owner, tokens[owner]?.parameterName]));
  const keys = new Set(Object.values(tokens).flatMap(({ encryptionKey }) => encryptionKey?.keyArn ?? []));
  return {
    environment: { SLIPWAY_GITHUB_TOKENS: JSON.stringify(parameterNames) },
    statements: [
      new PolicyStatement({
        actions: ['ssm:GetParameter'],
        resources: Object.values(tokens).map(({ parameterName }) => parameterArn(scope, parameterName)),
      }),
      ...(keys.size > 0 ? [new PolicyStatement({ actions: ['kms:Decrypt'], resources: [...keys] })] : []),
    ],
  };
}

function checkOwners(owners: readonly string[]): void {
  if (owners.length > MOST_TOKENS) {
    throw new Error(`gitHubTokens has ${owners.length} tokens, of at most ${MOST_TOKENS}`);
  }
  const wrong = owners.find((owner) => !OWNER.test(owner));
  if (wrong === undefined) return;
  throw new Error(
    `gitHubTokens names ${wrong}, which owns no repository on GitHub: name the user or the organization alone, as in acme`,
  );
}

function parameterArn(scope: Construct, parameterName: string): string {
  return Stack.of(scope).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: parameterName.replace(/^\//, ''),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
}
