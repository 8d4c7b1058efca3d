import { describe, expect, it } from 'vitest';
import { inWaves } from '../../../core/fleet/waves.ts';
import { targetsIn } from './a-fleet.ts';

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
