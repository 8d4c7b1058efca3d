import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Hosts } from '../../../adapters/table/hosts.ts';
import type { Mailboxes } from '../../../adapters/table/mailboxes.ts';
import { aLeg, REVISION_ONE, REVISION_TWO, WEB_FLEET } from '../../lambdas/doubles/builders.ts';
import { CLOCK, TABLES, type TestedTable } from './tables.ts';

const INSTANCE = 'i-0a1b2c3d4e5f60718';
const NINETY_DAYS_SECONDS = 90 * 24 * 3600;

describe.each(Object.entries(TABLES))('hosts in %s', (_, open) => {
  let table: TestedTable;
  let hosts: Hosts;
  let mailboxes: Mailboxes;

  beforeEach(async () => {
    table = await open();
    ({ hosts, mailboxes } = table.ports);
  });
  afterEach(() => table.close());

  it('are unknown until something happens to them', async () => {
    expect(await hosts.byId(INSTANCE)).toBeUndefined();
    await hosts.keep(INSTANCE);
    expect(await hosts.byId(INSTANCE)).toBeUndefined();
  });

  it('are read many at a time, those that nothing is known of among them', async () => {
    await hosts.leave('i-2', 'd-TERMINATN');

    const found = await hosts.byIds(['i-1', 'i-2']);

    expect(found).toMatchObject([undefined, { instanceId: 'i-2', leaving: 'd-TERMINATN' }]);
  });

  it('are in the warm pool, or not, as the latest notice of it says', async () => {
    const inPool = async () => (await hosts.byId(INSTANCE))?.isInWarmPool;
    await hosts.noteWarmPool(INSTANCE, { isInWarmPool: true, at: '2026-05-04T12:00:00.000Z' });
    const entered = await inPool();
    await hosts.noteWarmPool(INSTANCE, { isInWarmPool: false, at: '2026-05-04T13:00:00.000Z' });
    await hosts.noteWarmPool(INSTANCE, { isInWarmPool: true, at: '2026-05-04T12:30:00.000Z' });

    expect([entered, await inPool()]).toEqual([true, false]);
  });

  it('remember what was taken from them until they have it back', async () => {
    const registration = { targetGroupArn: 'arn:web', targetGroupName: 'web', port: 8081 };

    await hosts.keepRegistrations(INSTANCE, [registration]);
    const kept = (await hosts.byId(INSTANCE))?.registrations;
    await hosts.forgetRegistrations(INSTANCE);
    await hosts.forgetRegistrations(INSTANCE);

    expect(kept).toEqual([registration]);
    expect((await hosts.byId(INSTANCE))?.registrations).toBeUndefined();
  });

  it('remember the first termination, and show what is in their mailbox', async () => {
    await mailboxes.place(INSTANCE, aLeg(), 'launch');
    await hosts.leave(INSTANCE, 'd-FAREWELL0');

    const host = await hosts.leave(INSTANCE, 'd-FAREWELL1');

    expect(host).toMatchObject({ leaving: 'd-FAREWELL0', leg: aLeg() });
  });

  it('remember the last revision of each deployment group', async () => {
    await hosts.remember(INSTANCE, { group: WEB_FLEET, revision: REVISION_ONE, at: '2026-05-04T12:00:00.000Z' });
    await hosts.remember(INSTANCE, { group: WEB_FLEET, revision: REVISION_TWO, at: '2026-05-04T12:00:00.001Z' });

    const host = await hosts.byId(INSTANCE);

    expect(host?.hasInstallation).toBe(true);
    expect(host?.installed(WEB_FLEET)).toEqual(REVISION_TWO);
    expect(host?.installed({ ...WEB_FLEET, deploymentGroupName: 'other' })).toBeUndefined();
  });

  it('remember no revision over one that a later deployment left', async () => {
    const later = { group: WEB_FLEET, revision: REVISION_TWO, at: '2026-05-04T13:00:00.000Z' };
    const first = await hosts.remember(INSTANCE, later);
    const second = await hosts.remember(INSTANCE, { ...later, revision: REVISION_ONE, at: '2026-05-04T12:00:00.000Z' });

    expect([first, second]).toEqual(['remembered', 'refused']);
    expect((await hosts.byId(INSTANCE))?.installed(WEB_FLEET)).toEqual(REVISION_TWO);
  });

  it('remember how the last deployment of each group ended', async () => {
    const outcomeNow = async (group = WEB_FLEET) => (await hosts.byId(INSTANCE))?.lastOutcome(group);
    const failure = { group: WEB_FLEET, at: '2026-05-04T12:00:00.000Z' };

    await hosts.noteFailure(INSTANCE, failure);
    const failed = await outcomeNow();
    await hosts.remember(INSTANCE, { group: WEB_FLEET, revision: REVISION_ONE, at: '2026-05-04T12:00:00.001Z' });
    await hosts.noteFailure(INSTANCE, failure);
    const mended = await outcomeNow();
    await hosts.noteFailure(INSTANCE, { ...failure, at: '2026-05-04T12:00:00.002Z' });

    expect([failed, mended, await outcomeNow()]).toEqual(['Failed', 'Succeeded', 'Failed']);
    expect(await outcomeNow({ ...WEB_FLEET, deploymentGroupName: 'other' })).toBeUndefined();
  });

  it('have a secret once one was issued to them, but none that is issued when they leave', async () => {
    const noted = await hosts.noteSecret(INSTANCE);
    const known = await hosts.byId(INSTANCE);
    await hosts.leave(INSTANCE, 'd-FAREWELL0');

    expect([noted, known?.hasSecret]).toEqual(['noted', true]);
    expect(await hosts.noteSecret(INSTANCE)).toBe('refused');
  });

  it('are kept for ninety days after the last sign of life', async () => {
    await mailboxes.place(INSTANCE, aLeg(), 'launch');
    await hosts.keep(INSTANCE);

    expect((await hosts.byId(INSTANCE))?.expiresAt).toBe(CLOCK() / 1000 + NINETY_DAYS_SECONDS);
  });
});
