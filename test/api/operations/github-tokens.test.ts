import {
  DeleteGitHubAccountTokenCommand,
  DeleteResourcesByExternalIdCommand,
  ListGitHubAccountTokenNamesCommand,
} from '@aws-sdk/client-codedeploy';
import { expect, it } from 'vitest';

import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const api = serveApi();

const list = (nextToken?: string) => api.client.send(new ListGitHubAccountTokenNamesCommand({ nextToken }));
const remove = (tokenName: string | undefined) => api.client.send(new DeleteGitHubAccountTokenCommand({ tokenName }));

it('lists the tokens that the engine’s template declares, and leaves them to it', async () => {
  expect((await list()).tokenNameList).toEqual(['acme']);
  expect((await refusal(remove('acme'))).name).toBe('OperationNotSupportedException');
  expect((await list()).tokenNameList).toEqual(['acme']);
});

it('refuses a token that it did not give for the next page', async () => {
  expect((await refusal(list('made up'))).name).toBe('InvalidNextTokenException');
});

it.each([
  ['no name', undefined, 'GitHubAccountTokenNameRequiredException'],
  ['a name with a line break', 'a\nb', 'InvalidGitHubAccountTokenNameException'],
  ['a token that is not there', 'work', 'GitHubAccountTokenDoesNotExistException'],
])('refuses to forget %s', async (_, tokenName, name) => {
  expect((await refusal(remove(tokenName))).name).toBe(name);
});

it('purges the resources of a stack that has none', async () => {
  await expect(
    api.client.send(new DeleteResourcesByExternalIdCommand({ externalId: 'a-stack' })),
  ).resolves.toBeDefined();
});
