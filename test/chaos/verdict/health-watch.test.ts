import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';

import { HealthWatch } from '../../../chaos/verdict/health-watch.ts';
import type { Wave } from '../../../core/fleet/waves.ts';
import { MemoryDocuments } from '../../adapters/table/memory/memory-documents.ts';

async function fleetOf(
  statuses: Readonly<Record<string, string>>,
  mayBeDown: number,
  waves: readonly Wave[] = [],
): Promise<MemoryDocuments> {
  const documents = new MemoryDocuments();
  const pk = 'DEPLOYMENT#d-ROLLING01';
  const targets = Object.entries(statuses).map(([instanceId, status]) => ({
    ...{ pk, sk: `TARGET#${instanceId}`, instanceId, status },
    lifecycleEvents: [{ lifecycleEventName: 'Install', status: 'Failed' }],
  }));
  for (const Item of [{ pk, sk: 'TARGETS', mayBeDown, waves, targetIds: Object.keys(statuses) }, ...targets])
    await documents.client().send(new PutCommand({ TableName: 'slipway', Item }));
  return documents;
}

it('complains when more hosts of a fleet are down than its deployment allows', async () => {
  const documents = await fleetOf({ 'i-1': 'InProgress', 'i-2': 'Failed', 'i-3': 'Succeeded' }, 1);
  const watch = new HealthWatch(documents, () => true);

  watch.look('d-ROLLING01');

  expect(watch.complaints).toEqual(['d-ROLLING01 has 2 hosts down, and 1 may be: i-1, i-2']);
});

it('complains when more hosts of one zone are down than may be there', async () => {
  const zone = (name: string, size: number) => ({ zone: name, size, mayBeDown: 1, monitorSeconds: 0 });
  const waves = [zone('us-east-1a', 1), zone('us-east-1b', 2)];
  const documents = await fleetOf({ 'i-1': 'Succeeded', 'i-2': 'Failed', 'i-3': 'InProgress' }, 2, waves);
  const watch = new HealthWatch(documents, () => true);

  watch.look('d-ROLLING01');

  expect(watch.complaints).toEqual(['d-ROLLING01 in us-east-1b has 2 hosts down, and 1 may be: i-2, i-3']);
});

it('counts no host that has left, and asks nothing of a launch', async () => {
  const documents = await fleetOf({ 'i-1': 'InProgress', 'i-2': 'Failed' }, 1);
  const watch = new HealthWatch(documents, (instanceId) => instanceId !== 'i-2');

  watch.look('d-ROLLING01');
  watch.look('d-LAUNCH001');

  expect(watch.complaints).toEqual([]);
});
