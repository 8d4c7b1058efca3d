import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Fleets } from '../../../adapters/table/fleet-places.ts';
import { stoppedByRequest } from '../../../core/fleet/ending.ts';
import { isDrained } from '../../../core/fleet/places.ts';
import { TABLES, type TestedTable } from './tables.ts';

const wave = (size: number, mayBeDown = size, zone?: string) => ({
  size,
  mayBeDown,
  monitorSeconds: 0,
  ...(zone !== undefined && { zone }),
});

describe.each(Object.entries(TABLES))('places of a fleet in %s', (_, openTable) => {
  let table: TestedTable;
  let fleets: Fleets;
  let number = 0;

  beforeAll(async () => {
    table = await openTable();
    fleets = table.ports.fleets;
  });
  afterAll(() => table.close());

  const newId = () => `d-PLACES${(number += 1)}`;

  async function fleetOf(size: number, mayBeDown: number): Promise<string> {
    const id = newId();
    await fleets.open(id, [wave(size)], mayBeDown);
    return id;
  }

  it('are taken while fewer are down than may be', async () => {
    const id = await fleetOf(4, 2);

    const answers = await Promise.all([0, 1, 2, 3].map((target) => fleets.take(id, target)));

    expect(answers.toSorted()).toEqual(['taken', 'taken', 'wait', 'wait']);
  });

  it('are taken by a later target where nobody takes up an earlier one', async () => {
    const id = await fleetOf(9, 3);

    expect(await fleets.take(id, 8)).toBe('taken');
  });

  it('are taken once by a target that asks twice', async () => {
    const id = await fleetOf(3, 1);

    const answers = [await fleets.take(id, 0), await fleets.take(id, 0), await fleets.take(id, 1)];

    expect(answers).toEqual(['taken', 'taken', 'wait']);
  });

  it('are not taken again by a target that has ended and asks late', async () => {
    const id = await fleetOf(3, 1);
    await fleets.take(id, 0);
    await fleets.release(id, 0, 'Succeeded');

    expect(await fleets.take(id, 0)).toBe('over');
    expect(await fleets.places(id)).toMatchObject({ down: 0, succeeded: 1, waiting: new Set([1, 2]) });
  });

  it('are free again after a success, and when a host left, though it is told twice', async () => {
    const id = await fleetOf(4, 1);
    await fleets.take(id, 0);

    await fleets.release(id, 0, 'Succeeded');
    await fleets.release(id, 0, 'Failed');
    const next = await fleets.take(id, 1);
    await fleets.release(id, 1, 'GoneDuring');

    expect(next).toBe('taken');
    expect(await fleets.take(id, 2)).toBe('taken');
    expect(await fleets.places(id)).toMatchObject({ succeeded: 1, gone: 1, failed: 0, down: 1 });
  });

  it('are lost by a failure, and the fleet ends when none is left for those that wait', async () => {
    const id = await fleetOf(3, 1);
    await fleets.take(id, 0);

    const places = await fleets.release(id, 0, 'Failed');

    expect(places.ending).toEqual({ kind: 'TooManyFailed' });
    expect(isDrained(places)).toBe(true);
    expect(await fleets.take(id, 1)).toBe('over');
  });

  it('are lost by a target that fails before it has one, and not by a host that leaves before', async () => {
    const id = await fleetOf(4, 2);

    await fleets.release(id, 3, 'GoneBefore');
    await fleets.release(id, 2, 'Failed');
    await fleets.release(id, 2, 'Failed');

    expect(await fleets.places(id)).toMatchObject({ departed: 1, failed: 1, down: 1, waiting: new Set([0, 1]) });
    expect(await fleets.take(id, 0)).toBe('taken');
    expect(await fleets.take(id, 1)).toBe('wait');
  });

  it('do not end the fleet when its last target fails', async () => {
    const id = await fleetOf(2, 1);
    await fleets.take(id, 0);
    await fleets.release(id, 0, 'Succeeded');
    await fleets.take(id, 1);

    const places = await fleets.release(id, 1, 'Unreachable');

    expect(places.ending).toBeUndefined();
  });

  it('let those in progress finish after the fleet was lost', async () => {
    const id = await fleetOf(10, 3);
    await Promise.all([0, 1, 2].map((target) => fleets.take(id, target)));

    await fleets.release(id, 0, 'Succeeded');
    await fleets.release(id, 1, 'Failed');
    await fleets.end(id, { kind: 'TooManyFailed' });
    const places = await fleets.release(id, 2, 'Failed');

    expect(places).toMatchObject({ succeeded: 1, failed: 2, ending: { kind: 'TooManyFailed' } });
    expect(isDrained(places)).toBe(true);
  });

  it('end the fleet when host after host leaves as it is deployed to', async () => {
    const id = await fleetOf(9, 1);
    for (const target of [0, 1]) {
      await fleets.take(id, target);
      await fleets.release(id, target, 'GoneDuring');
    }

    expect((await fleets.places(id))?.ending).toEqual({ kind: 'TooManyGone' });
  });

  it('keep the first reason to end', async () => {
    const id = await fleetOf(3, 1);
    await fleets.take(id, 0);

    await fleets.end(id, stoppedByRequest());
    const places = await fleets.release(id, 0, 'Failed');

    expect(places.ending).toMatchObject({ kind: 'CutShort', status: 'Stopped' });
  });

  it('are not counted where all targets may be down at once', async () => {
    const id = await fleetOf(3, 3);

    const answers = await Promise.all([0, 1, 2].map((target) => fleets.take(id, target)));

    expect(answers).toEqual(['taken', 'taken', 'taken']);
    expect(await fleets.places(id)).toMatchObject({ down: 0, isUnlimited: true });
  });

  it('of a zone are a budget of their own, and the next zone opens when all is done', async () => {
    const id = newId();
    await fleets.open(id, [wave(2, 1, 'a'), wave(2, 1, 'b')], 3);
    await fleets.take(id, 0);

    expect(await fleets.take(id, 1)).toBe('wait');
    expect(await fleets.take(id, 2)).toBe('wait');
    await expect(fleets.openWave(id, 1)).rejects.toThrow('still in progress');
    await fleets.release(id, 0, 'Succeeded');
    await fleets.take(id, 1);
    await fleets.release(id, 1, 'Failed');

    expect(await fleets.openWave(id, 1)).toBe('open');
    expect(await fleets.openWave(id, 1)).toBe('open');
    expect(await fleets.take(id, 1)).toBe('over');
    expect(await fleets.take(id, 2)).toBe('taken');
    expect((await fleets.release(id, 2, 'Failed')).ending).toEqual({ kind: 'TooManyFailed', zone: 'b' });
  });

  it('of targets that nobody took up are lost when the next zone opens', async () => {
    const id = newId();
    await fleets.open(id, [wave(2, 2, 'a'), wave(2, 2, 'b')], 2);
    await fleets.take(id, 0);
    await fleets.release(id, 0, 'Succeeded');

    const opened = await fleets.openWave(id, 1);

    expect(opened).toBe('open');
    expect(await fleets.places(id)).toMatchObject({ failed: 1, down: 1, waiting: new Set([2, 3]) });
  });

  it('end the fleet between two zones when too many were lost', async () => {
    const id = newId();
    await fleets.open(id, [wave(2, 2, 'a'), wave(2, 2, 'b')], 2);

    expect(await fleets.openWave(id, 1)).toBe('over');
    expect((await fleets.places(id))?.ending).toEqual({ kind: 'TooManyFailed' });
  });
});
