import { afterEach, beforeEach, expect, it } from 'vitest';

import { TableOnPremisesInstances } from '../../../adapters/table/on-premises-instances.ts';
import type { OnPremisesInstance } from '../../../core/on-premises/on-premises-instance.ts';
import { iamIdentityKey, onPremisesInstanceKey } from '../../../adapters/table/keys.ts';
import { openDynamoDb } from './tables.ts';

const USER = 'arn:aws:iam::111122223333:user/rack';

let database: Awaited<ReturnType<typeof openDynamoDb>>;
let instances: TableOnPremisesInstances;

beforeEach(async () => {
  database = await openDynamoDb();
  instances = new TableOnPremisesInstances(database.table);
});
afterEach(() => database.close());

const instance = (instanceName: string, instanceArn = `arn:${instanceName}`): OnPremisesInstance => ({
  instanceName,
  instanceArn,
  identity: { kind: 'user', arn: USER },
  registeredAtMs: 1000,
  tags: {},
  tagsVersion: 0,
});

/** A registration that broke off after this many of its three writes. */
async function breakOff({ instanceName, instanceArn }: OnPremisesInstance, writes: 1 | 2): Promise<void> {
  await database.table.put(onPremisesInstanceKey(instanceName), { claim: instanceArn }, {});
  if (writes === 2) await database.table.put(iamIdentityKey(USER), { instanceName, instanceArn }, {});
}

it.each([1, 2] as const)('show nothing of a registration that broke off after %i writes', async (writes) => {
  await breakOff(instance('rack-1'), writes);

  expect(await instances.byName('rack-1')).toBeUndefined();
  expect((await instances.page(undefined, 100)).items).toEqual([]);
});

it.each([1, 2] as const)('complete a registration that broke off after %i writes', async (writes) => {
  await breakOff(instance('rack-1', 'arn:first'), writes);

  expect(await instances.register(instance('rack-1', 'arn:second'))).toBe('registered');
  expect(await instances.byName('rack-1')).toEqual(instance('rack-1', 'arn:second'));
});

it('leave the identity of a registration that broke off to another', async () => {
  await breakOff(instance('rack-1'), 2);

  expect(await instances.register(instance('rack-2'))).toBe('registered');
});

it('give one identity to one of several that register with it at once', async () => {
  const names = ['rack-1', 'rack-2', 'rack-3'];

  await Promise.all(names.map((name) => instances.register(instance(name))));

  expect((await instances.page(undefined, 100)).items.length).toBeLessThanOrEqual(1);
});

it('give one name to one of two that register it at once', async () => {
  const other = { ...instance('rack-1', 'arn:other'), identity: { kind: 'user', arn: `${USER}-2` } as const };

  const outcomes = await Promise.all([instances.register(instance('rack-1')), instances.register(other)]);

  expect(outcomes.sort()).toEqual(['name taken', 'registered']);
});

it('free the identity when a deregistration that broke off is repeated', async () => {
  await instances.register(instance('rack-1'));
  await database.table.update(onPremisesInstanceKey('rack-1'), {
    update: 'SET deregisteredAtMs = :at',
    values: { ':at': 2000 },
  });

  await instances.deregister('rack-1', 3000);

  expect(await database.table.get(iamIdentityKey(USER))).toBeUndefined();
  expect((await instances.byName('rack-1'))?.deregisteredAtMs).toBe(2000);
});

it('keep tags that somebody changed meanwhile', async () => {
  await instances.register(instance('rack-1'));
  await instances.setTags(instance('rack-1'), { role: 'web' });

  expect(await instances.setTags(instance('rack-1'), { role: 'db' })).toBe('refused');
  expect((await instances.byName('rack-1'))?.tags).toEqual({ role: 'web' });
});
