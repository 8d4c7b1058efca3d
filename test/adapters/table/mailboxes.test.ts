import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Hosts } from '../../../adapters/table/hosts.ts';
import type { Mailboxes } from '../../../adapters/table/mailboxes.ts';
import { aLeg } from '../../lambdas/doubles/builders.ts';
import { TABLES, type TestedTable } from './tables.ts';

const INSTANCE = 'i-0a1b2c3d4e5f60718';

describe.each(Object.entries(TABLES))('mailboxes in %s', (_, open) => {
  let table: TestedTable;
  let hosts: Hosts;
  let mailboxes: Mailboxes;

  beforeEach(async () => {
    table = await open();
    ({ hosts, mailboxes } = table.ports);
  });
  afterEach(() => table.close());

  const legNow = async () => (await hosts.byId(INSTANCE))?.leg;

  it('take no work in place of a host that is in the warm pool', async () => {
    await hosts.noteWarmPool(INSTANCE, { isInWarmPool: true, at: '2026-05-04T12:00:00.000Z' });

    expect(await mailboxes.place(INSTANCE, aLeg(), 'in-place')).toBe('refused');
    expect(await mailboxes.place(INSTANCE, aLeg(), 'termination')).toBe('placed');
  });

  it('take a leg when they are empty', async () => {
    expect(await mailboxes.place(INSTANCE, aLeg(), 'launch')).toBe('placed');
    expect(await legNow()).toEqual(aLeg());
  });

  it('keep the leg they have when it is placed again', async () => {
    await mailboxes.place(INSTANCE, aLeg(), 'launch');
    await mailboxes.change(INSTANCE, aLeg(), aLeg({ version: 2, waitingSinceMs: 1 }));

    expect(await mailboxes.place(INSTANCE, aLeg(), 'launch')).toBe('refused');
    expect((await legNow())?.version).toBe(2);
  });

  it('go on to the next leg of the same deployment, never back', async () => {
    await mailboxes.place(INSTANCE, aLeg(), 'launch');

    expect(await mailboxes.place(INSTANCE, aLeg({ legNumber: 2 }), 'launch')).toBe('placed');
    expect(await mailboxes.place(INSTANCE, aLeg(), 'launch')).toBe('refused');
  });

  it('do not mix the legs of two deployments', async () => {
    await mailboxes.place(INSTANCE, aLeg(), 'launch');

    expect(await mailboxes.place(INSTANCE, aLeg({ deploymentId: 'd-OTHER0000' }), 'launch')).toBe('refused');
  });

  it('take no launch any more of a host that leaves, but its farewell', async () => {
    await hosts.leave(INSTANCE, 'd-FAREWELL0');

    expect(await mailboxes.place(INSTANCE, aLeg(), 'launch')).toBe('refused');
    expect(await mailboxes.place(INSTANCE, aLeg({ deploymentId: 'd-FAREWELL0' }), 'termination')).toBe('placed');
  });

  it('change a leg only from the version it was made from', async () => {
    await mailboxes.place(INSTANCE, aLeg(), 'launch');

    const first = await mailboxes.change(INSTANCE, aLeg(), aLeg({ version: 3, waitingSinceMs: 1 }));
    const second = await mailboxes.change(INSTANCE, aLeg(), aLeg({ version: 2, waitingSinceMs: 2 }));

    expect([first, second]).toEqual(['changed', 'refused']);
    expect((await legNow())?.waitingSinceMs).toBe(1);
  });

  it('lose a leg to the deployment that owns it, and to no other', async () => {
    await mailboxes.place(INSTANCE, aLeg(), 'launch');

    await mailboxes.withdraw(INSTANCE, 'd-OTHER0000');
    expect(await legNow()).toEqual(aLeg());

    await mailboxes.withdraw(INSTANCE, aLeg().deploymentId);
    expect(await legNow()).toBeUndefined();
  });
});
