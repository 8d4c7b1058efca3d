import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { TableFleets } from '../../../adapters/table/fleet-places.ts';
import { stoppedByRequest } from '../../../core/fleet/ending.ts';
import type { TargetEnd } from '../../../core/fleet/finish-target.ts';
import { isDrained } from '../../../core/fleet/places.ts';
import { CLOCK, openDynamoDb } from './tables.ts';

const wave = (size: number, mayBeDown = size, zone?: string) => ({
  size,
  mayBeDown,
  monitorSeconds: 0,
  ...(zone !== undefined && { zone }),
});

describe('places of a fleet', () => {
  let database: Awaited<ReturnType<typeof openDynamoDb>>;
  let fleets: TableFleets;
  let number = 0;

  beforeAll(async () => {
    database = await openDynamoDb();
    fleets = new TableFleets(database.table, CLOCK);
  });
  afterAll(() => database.close());

  async function fleetOf(size: number, mayBeDown: number): Promise<string> {
    const deploymentId = `d-PLACES${(number += 1)}`;
    await fleets.open(deploymentId, [wave(size)], mayBeDown);
    return deploymentId;
  }

  it('are taken while fewer are down than may be', async () => {
    const id = await fleetOf(4, 2);

    const answers = await Promise.all([0, 1, 2, 3].map((target) => fleets.take(id, target)));

    expect(answers.toSorted()).toEqual(['taken', 'taken', 'wait', 'wait']);
  });

  it('are taken once by a target that asks twice', async () => {
    const id = await fleetOf(3, 1);

    const answers = [await fleets.take(id, 0), await fleets.take(id, 0), await fleets.take(id, 1)];

    expect(answers).toEqual(['taken', 'taken', 'wait']);
  });

  it('are free again after a success, and when a host left, though it is told twice', async () => {
    const id = await fleetOf(4, 1);
    await fleets.take(id, 0);

    await fleets.release(id, 0, 'Succeeded');
    await fleets.release(id, 0, 'Failed');
    const next = await fleets.take(id, 1);
    await fleets.release(id, 1, 'Gone');

    expect(next).toBe('taken');
    expect(await fleets.take(id, 2)).toBe('taken');
  });

  it('are lost by a failure, and the fleet ends when none is left for those that wait', async () => {
    const id = await fleetOf(3, 1);
    await fleets.take(id, 0);

    const places = await fleets.release(id, 0, 'Failed');

    expect(places.ending).toEqual({ kind: 'TooManyFailed' });
    expect(isDrained(places)).toBe(true);
    expect(await fleets.take(id, 1)).toBe('over');
  });

  it('do not end the fleet when its last target fails', async () => {
    const id = await fleetOf(2, 1);
    await fleets.take(id, 0);
    await fleets.release(id, 0, 'Succeeded');
    await fleets.take(id, 1);

    const places = await fleets.release(id, 1, 'Unreachable');

    expect(places.ending).toBeUndefined();
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
    const id = 'd-ZONES';
    await fleets.open(id, [wave(2, 1, 'a'), wave(2, 1, 'b')], 3);
    await fleets.take(id, 0);

    expect(await fleets.take(id, 1)).toBe('wait');
    await expect(fleets.openWave(id, 1)).rejects.toThrow('still in progress');
    await fleets.release(id, 0, 'Succeeded');
    await fleets.take(id, 1);
    await fleets.release(id, 1, 'Failed');

    expect(await fleets.openWave(id, 1)).toBe('open');
    expect(await fleets.openWave(id, 1)).toBe('open');
    expect(await fleets.take(id, 2)).toBe('taken');
    expect((await fleets.release(id, 2, 'Failed')).ending).toEqual({ kind: 'TooManyFailed', zone: 'b' });
  });

  it('are never more than may be down, whatever happens at the same moment', async () => {
    const ends: readonly TargetEnd[] = ['Succeeded', 'Failed', 'Succeeded', 'Gone', 'Unreachable', 'Succeeded'];
    for (let seed = 1; seed <= 12; seed += 1) {
      const size = 4 + (seed % 9);
      const mayBeDown = 1 + (seed % 3);
      const id = await fleetOf(size, mayBeDown);
      const failed = new Set<number>();
      const working = new Set<number>();
      let most = 0;

      // Every target has two callers, as when Lambda runs a step twice.
      const child = async (target: number): Promise<void> => {
        for (;;) {
          const answer = await fleets.take(id, target);
          if (answer === 'over') return;
          if (answer === 'taken') break;
          const { ending } = (await fleets.places(id)) ?? {};
          if (ending) return;
        }
        working.add(target);
        most = Math.max(most, working.size + failed.size);
        const end = ends[(target * 7 + seed) % ends.length] ?? 'Failed';
        working.delete(target);
        if (end === 'Failed' || end === 'Unreachable') failed.add(target);
        await Promise.all([fleets.release(id, target, end), fleets.release(id, target, 'Succeeded')]);
      };
      const lanes = Array.from({ length: size }, (_, target) => child(target));
      await Promise.all(lanes);

      const places = await fleets.places(id);
      expect(most).toBeLessThanOrEqual(mayBeDown);
      expect(places?.down).toBe(places?.failed);
      expect(places?.inProgress.size).toBe(0);
      expect(places?.ending !== undefined).toBe((places?.pending ?? 0) > 0);
    }
  });
});
