import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Targets } from '../../../adapters/table/targets.ts';
import type { Settlement, Stop } from '../../../core/target.ts';
import { aTarget } from '../../lambdas/doubles/builders.ts';
import { CLOCK, TABLES, type TestedTable } from './tables.ts';

const GONE: Stop = { kind: 'LifecycleActionGone', reason: 'it timed out' };
const SUPERSEDED: Stop = { kind: 'Superseded', reason: 'the instance leaves' };
const SUCCESS: Settlement = { status: 'Succeeded', lifecycleActionResult: 'CONTINUE', reason: 'all went well' };
const FAILURE: Settlement = { status: 'Failed', lifecycleActionResult: 'ABANDON', reason: 'something did not' };
const { deploymentId, instanceId } = aTarget();
const ID = { deploymentId, instanceId };
const FIRST_WAIT = { legNumber: 1, attempt: 0, taskToken: 'token-0', lifecycleEvents: [] };

describe.each(Object.entries(TABLES))('targets in %s', (_, open) => {
  let table: TestedTable;
  let targets: Targets;

  beforeEach(async () => {
    table = await open();
    targets = table.ports.targets;
  });
  afterEach(() => table.close());

  it('are opened once', async () => {
    const first = await targets.open(aTarget({ openedAt: '2026-05-04T12:00:01.000Z' }));
    const second = await targets.open(aTarget({ openedAt: '2026-05-04T12:00:02.000Z' }));

    expect([first, second]).toEqual(['opened', 'exists']);
    expect((await targets.byId(ID))?.openedAt).toBe('2026-05-04T12:00:01.000Z');
  });

  it('are unknown before they are opened', async () => {
    expect(await targets.byId(ID)).toBeUndefined();
    expect(await targets.awaitLeg(ID, FIRST_WAIT)).toBe('refused');
    expect(await targets.stop(ID, GONE, [])).toBeUndefined();
    expect(await targets.settle(aTarget(), SUCCESS, [])).toBe('refused');
  });

  it('keep the token of the newest attempt to wait, whichever comes last', async () => {
    await targets.open(aTarget());

    const newer = await targets.awaitLeg(ID, { ...FIRST_WAIT, attempt: 1, taskToken: 'token-1' });
    const older = await targets.awaitLeg(ID, FIRST_WAIT);

    expect([newer, older]).toEqual(['awaited', 'refused']);
    expect((await targets.byId(ID))?.taskToken).toBe('token-1');
  });

  it('go from leg to leg, and keep the events of those before', async () => {
    await targets.open(aTarget());
    await targets.awaitLeg(ID, { ...FIRST_WAIT, attempt: 3 });
    const events = [{ lifecycleEventName: 'Install', status: 'Succeeded' }] as const;

    const next = await targets.awaitLeg(ID, {
      legNumber: 2,
      attempt: 0,
      taskToken: 'token-2',
      lifecycleEvents: events,
    });

    expect(next).toBe('awaited');
    expect(await targets.byId(ID)).toMatchObject({ taskToken: 'token-2', lifecycleEvents: events });
  });

  it('are stopped for the first reason given', async () => {
    await targets.open(aTarget());
    await targets.awaitLeg(ID, FIRST_WAIT);

    await targets.stop(ID, SUPERSEDED, []);
    const stopped = await targets.stop(ID, GONE, []);

    expect(stopped).toMatchObject({ stop: SUPERSEDED, taskToken: 'token-0' });
  });

  it('keep the events of the first stop: the mailbox may be empty when the second looks', async () => {
    const events = [{ lifecycleEventName: 'Install', status: 'Unknown' }] as const;
    await targets.open(aTarget());

    await targets.stop(ID, SUPERSEDED, events);
    const stopped = await targets.stop(ID, GONE, []);

    expect(stopped).toMatchObject({ stop: SUPERSEDED, lifecycleEvents: events });
  });

  it('keep the events of a step that began while they were being stopped', async () => {
    const before = { lifecycleEventName: 'BeforeBlockTraffic', status: 'Succeeded' } as const;
    const block = { lifecycleEventName: 'BlockTraffic', status: 'Unknown' } as const;
    await targets.open(aTarget({ legNumber: 1 }));

    await targets.beginTraffic(ID, { stepNumber: 2, lifecycleEvents: [before, block] });
    const stopped = await targets.stop(ID, SUPERSEDED, [before], 1);

    expect(stopped).toMatchObject({ stop: SUPERSEDED, lifecycleEvents: [before, block] });
  });

  it('settle by no verdict that was reached before they were stopped', async () => {
    await targets.open(aTarget());
    await targets.stop(ID, SUPERSEDED, []);

    const unaware = await targets.settle(aTarget(), SUCCESS, []);
    const aware = await targets.settle(aTarget({ stop: SUPERSEDED }), FAILURE, []);

    expect(unaware).toBe('refused');
    expect(aware).toMatchObject({ status: 'Failed', settlement: FAILURE });
  });

  it('settle by no verdict that was reached before they went on to another step', async () => {
    const block = { lifecycleEventName: 'BlockTraffic', status: 'Succeeded' } as const;
    await targets.open(aTarget());
    await targets.beginTraffic(ID, { stepNumber: 2, lifecycleEvents: [block] });

    const unaware = await targets.settle(aTarget({ legNumber: 1 }), FAILURE, []);
    const aware = await targets.settle(aTarget({ legNumber: 2 }), FAILURE, [block]);

    expect(unaware).toBe('refused');
    expect(aware).toMatchObject({ settlement: FAILURE, lifecycleEvents: [block] });
  });

  it('wait for no further leg once they are stopped', async () => {
    await targets.open(aTarget());
    await targets.stop(ID, GONE, []);

    expect(await targets.awaitLeg(ID, FIRST_WAIT)).toBe('refused');
  });

  it('begin a step of the engine’s own once, keep the traffic that was found first, and end it once', async () => {
    const traffic = { registrations: [], drainSeconds: 30, checkSeconds: 10 };
    const event = { lifecycleEventName: 'BlockTraffic', status: 'Unknown' } as const;
    const step = { stepNumber: 2, lifecycleEvents: [event], traffic };
    await targets.open(aTarget());
    await targets.awaitLeg(ID, FIRST_WAIT);

    const begun = await targets.beginTraffic(ID, step);
    const again = await targets.beginTraffic(ID, { ...step, traffic: { ...traffic, drainSeconds: 0 } });
    const ended = await targets.endTraffic(ID, { stepNumber: 2, lifecycleEvents: [{ ...event, status: 'Succeeded' }] });
    await targets.awaitLeg(ID, { ...FIRST_WAIT, legNumber: 3 });
    const late = await targets.endTraffic(ID, { stepNumber: 2, lifecycleEvents: [] });

    expect(begun).toMatchObject({ legNumber: 2, traffic, lifecycleEvents: [event] });
    expect([again, ended, late]).toEqual(['refused', 'ended', 'refused']);
  });

  it('move no traffic once they are stopped', async () => {
    await targets.open(aTarget());
    await targets.beginTraffic(ID, { stepNumber: 2, lifecycleEvents: [] });
    await targets.stop(ID, SUPERSEDED, []);

    expect(await targets.beginTraffic(ID, { stepNumber: 4, lifecycleEvents: [] })).toBe('refused');
    expect(await targets.endTraffic(ID, { stepNumber: 2, lifecycleEvents: [] })).toBe('refused');
  });

  it('settle once', async () => {
    await targets.open(aTarget());

    const first = await targets.settle(aTarget(), SUCCESS, []);
    const second = await targets.settle(aTarget(), FAILURE, []);

    expect(first).toMatchObject({ settlement: SUCCESS, settledAt: new Date(CLOCK()).toISOString() });
    expect(second).toBe('refused');
    expect(await targets.byId(ID)).toMatchObject({ status: 'Succeeded', settlement: SUCCESS });
  });

  it('neither wait nor stop once they have settled', async () => {
    await targets.open(aTarget());
    await targets.settle(aTarget(), FAILURE, []);

    expect(await targets.awaitLeg(ID, FIRST_WAIT)).toBe('refused');
    expect(await targets.stop(ID, GONE, [])).toBeUndefined();
  });
});
