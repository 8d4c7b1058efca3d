import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';

import { OrderWatch } from '../../../chaos/verdict/order-watch.ts';
import type { Target } from '../../../core/target.ts';
import { MemoryDocuments } from '../../adapters/table/memory/memory-documents.ts';
import { anInPlaceRequest, aTarget, aTermination } from '../../lambdas/doubles/builders.ts';

const NOON = Date.parse('2026-05-04T12:00:00.000Z');
const ONE = aTarget({ request: anInPlaceRequest({ deploymentId: 'd-ONE000000' }) });
const TWO = aTarget({ request: anInPlaceRequest({ deploymentId: 'd-TWO000000' }) });
const FAREWELL = aTarget({ request: aTermination() });

async function watchOver(targets: readonly Target[], nowMs = NOON): Promise<OrderWatch> {
  const documents = new MemoryDocuments();
  for (const target of targets) {
    const Item = { pk: `DEPLOYMENT#${target.deploymentId}`, sk: `TARGET#${target.instanceId}`, ...target };
    await documents.client().send(new PutCommand({ TableName: 'slipway', Item }));
  }
  return new OrderWatch(documents, () => nowMs);
}

it('complains of a host that begins with a deployment while another is not over', async () => {
  const watch = await watchOver([ONE, TWO]);

  watch.look('d-ONE000000', ONE.instanceId);
  watch.look('d-TWO000000', ONE.instanceId);

  expect(watch.complaints).toEqual([`${ONE.instanceId} begins with d-TWO000000, and d-ONE000000 is not over`]);
});

it('is content with one that was stopped, and gives way', async () => {
  const watch = await watchOver([{ ...ONE, stop: { kind: 'Superseded', reason: '' } }, TWO]);

  watch.look('d-ONE000000', ONE.instanceId);
  watch.look('d-TWO000000', ONE.instanceId);

  expect(watch.complaints).toEqual([]);
});

it('complains of a host that is worked on though it leaves, once that must be known', async () => {
  const early = await watchOver([ONE, FAREWELL], NOON + 60_000);
  const late = await watchOver([ONE, FAREWELL], NOON + 180_000);

  for (const watch of [early, late]) watch.look('d-ONE000000', ONE.instanceId);

  expect(early.complaints).toEqual([]);
  expect(late.complaints).toEqual([
    `${ONE.instanceId} begins with d-ONE000000, and leaves with ${FAREWELL.deploymentId}`,
  ]);
});
