import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';

import { GuardWatch } from '../../../chaos/verdict/guard-watch.ts';
import { MemoryDocuments } from '../../adapters/table/memory/memory-documents.ts';
import { REVISION_ONE, REVISION_TWO } from '../../lambdas/doubles/builders.ts';

it('complains of a revision that is withdrawn for launches of another', async () => {
  const documents = new MemoryDocuments();
  const launches = { 'd-ONE': REVISION_ONE, 'd-TWO': REVISION_TWO, 'd-THREE': REVISION_TWO };
  for (const [id, revision] of Object.entries(launches)) {
    const Item = { pk: `DEPLOYMENT#${id}`, sk: 'TARGET#i-1', revision, settlement: { status: 'Failed' } };
    await documents.client().send(new PutCommand({ TableName: 'slipway', Item }));
  }
  const failing = [{ revision: REVISION_TWO, deploymentIds: Object.keys(launches), withdrawnAt: '2026-05-04' }];
  const watch = new GuardWatch(documents);

  watch.look({ Item: { launchFailureLimit: 2, launchGuard: { failing } } });
  expect(watch.complaints).toEqual([]);
  watch.look({ Item: { launchFailureLimit: 3, launchGuard: { failing } } });

  expect(watch.complaints).toEqual(['s3://revisions/web-2.zip is withdrawn after 2 of 3 failed launches']);
});
