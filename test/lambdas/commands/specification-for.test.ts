import { expect, it } from 'vitest';

import type { Revision } from '../../../core/revision.ts';
import { specificationFor } from '../../../lambdas/commands/specification-for.ts';
import { aRevision, aTarget } from '../doubles/builders.ts';
import { recordedEngine } from '../doubles/recorded-engine.ts';

const onGitHub: Revision = {
  RevisionType: 'GitHub',
  GitHubLocation: { Repository: 'acme/web', CommitId: '3f2a9c1' },
};

it.each<readonly [string, Revision, string | undefined]>([
  ['one from GitHub', onGitHub, 'token of acme/web'],
  ['one from S3', aRevision('web-1.zip'), undefined],
])('gives a host the token for its revision’s repository, and for nothing else: %s', async (_, revision, token) => {
  const gitHubAccessToken = (repository: string) => Promise.resolve(`token of ${repository}`);

  const { Payload } = await specificationFor('slipway', aTarget({ revision }), {
    ...recordedEngine(),
    gitHubAccessToken,
  });

  expect((JSON.parse(Payload) as { GitHubAccessToken?: string }).GitHubAccessToken).toBe(token);
});

it('gives it to AWS’s agent as well, in what is signed', async () => {
  const engine = recordedEngine();

  const without = await specificationFor('aws', aTarget({ revision: onGitHub }), engine);
  const withToken = await specificationFor('aws', aTarget({ revision: onGitHub }), {
    ...engine,
    gitHubAccessToken: () => Promise.resolve('ghp_acme'),
  });

  const signed = ({ Payload }: typeof without) =>
    Buffer.from(Payload.replaceAll(/-----.*-----/g, ''), 'base64').toString();
  expect(signed(withToken)).toContain('"GitHubAccessToken":"ghp_acme"');
  expect(signed(without)).not.toContain('GitHubAccessToken');
});
