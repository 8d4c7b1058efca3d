import { describe, expect, it } from 'vitest';
import { beginTarget } from '../../../core/fleet/begin-target.ts';
import { nextTargets } from '../../../core/fleet/budget.ts';
import { endFleet } from '../../../core/fleet/end-fleet.ts';
import { stoppedByRequest } from '../../../core/fleet/ending.ts';
import type { FleetProgress } from '../../../core/fleet/fleet-progress.ts';
import { afterWave, openWave } from '../../../core/fleet/next-wave.ts';
import { verdictOf } from '../../../core/fleet/verdict.ts';
import { inWaves } from '../../../core/fleet/waves.ts';
import { aFleet, ALL_AT_ONCE, begin, finish, keep, run, targetsIn } from './a-fleet.ts';

const half = { minimumHealthyHostsPerZone: { type: 'FLEET_PERCENT', value: 50 } } as const;

describe('waves', () => {
  it('are one without a zonal config', () => {
    expect(inWaves(targetsIn('bab'), {}).waves).toEqual([{ size: 3, mayBeDown: 3, monitorSeconds: 0 }]);
  });

  it('follow the names of the zones, with hosts outside of any last and the order within kept', () => {
    const { ordered, waves } = inWaves(targetsIn('b-abb'), { zonalConfig: {} });

    expect(ordered.map(({ targetId }) => targetId)).toEqual(['i-2', 'i-0', 'i-3', 'i-4', 'i-1']);
    expect(waves.map(({ zone, size }) => [zone, size])).toEqual([
      ['a', 1],
      ['b', 3],
      [undefined, 1],
    ]);
  });

  it('are watched after the first as asked for it, after others as usual, and not after the last', () => {
    const zonalConfig = { firstZoneMonitorDurationInSeconds: 600, monitorDurationInSeconds: 60 };

    const { waves } = inWaves(targetsIn('abc'), { zonalConfig });

    expect(waves.map(({ monitorSeconds }) => monitorSeconds)).toEqual([600, 60, 0]);
  });

  it('are watched after the first as usual unless it is asked otherwise', () => {
    const { waves } = inWaves(targetsIn('abc'), { zonalConfig: { monitorDurationInSeconds: 60 } });

    expect(waves.map(({ monitorSeconds }) => monitorSeconds)).toEqual([60, 60, 0]);
  });

  it('keep their own minimum, rounded up', () => {
    const { waves } = inWaves(targetsIn('aaabb'), { zonalConfig: half });

    expect(waves.map(({ mayBeDown }) => mayBeDown)).toEqual([1, 1]);
  });
});

describe('a zonal deployment', () => {
  it('lets no target begin whose zone has still to come', () => {
    const fleet = aFleet('aabb', ALL_AT_ONCE, {});

    expect(beginTarget(fleet, 2)).toEqual({ kind: 'wait' });
    expect(nextTargets(fleet)).toEqual([0, 1]);
  });

  it('lets no more be down in a zone than the zone can bear', () => {
    const fleet = begin(aFleet('aaabb', ALL_AT_ONCE, half), 0);

    expect(beginTarget(fleet, 1)).toEqual({ kind: 'wait' });
  });

  it('counts failures of earlier zones against the whole fleet', () => {
    const first = run(aFleet('aabb', keep(2), {}), 'Failed', 'Succeeded');

    const second = openWave(first, 1) as FleetProgress;

    expect(nextTargets(second)).toEqual([2]);
  });

  it('watches a zone that is over, and then opens the next', () => {
    const first = run(aFleet('aabb', ALL_AT_ONCE, { monitorDurationInSeconds: 90 }), 'Succeeded', 'Succeeded');

    expect(afterWave(first)).toEqual({ kind: 'monitor', seconds: 90, nextWave: 1 });
    expect(nextTargets(openWave(first, 1) as FleetProgress)).toEqual([2, 3]);
  });

  it('opens no zone twice, early, or out of turn', () => {
    const first = run(aFleet('aabbc', ALL_AT_ONCE, {}), 'Succeeded', 'Succeeded');
    const second = openWave(first, 1) as FleetProgress;

    expect(openWave(first, 2)).toBe('unchanged');
    expect(openWave(second, 1)).toBe('unchanged');
    expect(openWave(second, 2)).toBe('unchanged');
  });

  it('fails when a zone has fewer healthy targets than it must, though the fleet could bear it', () => {
    const fleet = run(aFleet('aaaabb', ALL_AT_ONCE, half), 'Failed', 'Failed');

    expect(verdictOf(fleet)).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'HEALTH_CONSTRAINTS', message: expect.stringContaining('healthy in a to go on') },
    });
  });

  it('goes on when the last target of a zone fails', () => {
    const first = run(aFleet('aabb', ALL_AT_ONCE, half), 'Succeeded', 'Failed');

    expect(afterWave(first)).toMatchObject({ kind: 'monitor', nextWave: 1 });
  });

  it('opens no zone after it was stopped', () => {
    const first = begin(aFleet('aabb', ALL_AT_ONCE, {}), 0);
    const stopped = endFleet(first, stoppedByRequest()) as FleetProgress;

    expect(afterWave(stopped)).toEqual({ kind: 'running' });
    expect(afterWave(finish(stopped, 'Failed', 0))).toEqual({ kind: 'done' });
  });
});
