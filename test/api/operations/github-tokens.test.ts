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

it('purges the resources of a stack that has none', async () => {
  await expect(
    api.client.send(new DeleteResourcesByExternalIdCommand({ externalId: 'a-stack' })),
  ).resolves.toBeDefined();
});
