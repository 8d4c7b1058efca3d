import { describe, expect, it } from 'vitest';
import { openFleet } from '../../../core/fleet/open-fleet.ts';
import { ALL_AT_ONCE, keep, ONE_AT_A_TIME, percent, targetsIn } from './a-fleet.ts';

const open = (zones: string, config: Parameters<typeof openFleet>[0]['config'], noneOutdated = false) =>
  openFleet({ targets: targetsIn(zones), config, noneOutdated });

describe('a fleet deployment opens', () => {
  it('with as many targets down at once as the minimum spares', () => {
    expect(open('aaa', { minimumHealthyHosts: ONE_AT_A_TIME })).toMatchObject({
      kind: 'run',
      waves: [{ size: 3, mayBeDown: 3 }],
      mayBeDown: 1,
    });
  });

  it('and succeeds at once when it seeks outdated hosts and there are none', () => {
    expect(open('', { minimumHealthyHosts: ONE_AT_A_TIME }, true)).toEqual({
      kind: 'settle',
      settlement: { status: 'Succeeded' },
    });
  });

  it.each([
    ['NO_INSTANCES', 'nobody is there', '', { minimumHealthyHosts: ALL_AT_ONCE }],
    ['OVER_MAX_INSTANCES', 'over ten thousand are', 'a'.repeat(10_001), { minimumHealthyHosts: ALL_AT_ONCE }],
    ['HEALTH_CONSTRAINTS_INVALID', 'all must stay healthy', 'aaaaaaaaaa', { minimumHealthyHosts: percent(95) }],
    ['HEALTH_CONSTRAINTS_INVALID', 'one of one must stay healthy', 'a', { minimumHealthyHosts: keep(1) }],
    [
      'HEALTH_CONSTRAINTS_INVALID',
      'all of one zone must stay healthy',
      'aaab',
      {
        minimumHealthyHosts: ALL_AT_ONCE,
        zonalConfig: { minimumHealthyHostsPerZone: { type: 'HOST_COUNT', value: 1 } },
      },
    ],
  ] as const)('and fails at once with %s when %s', (code, _, zones, config) => {
    expect(open(zones, config)).toMatchObject({
      kind: 'settle',
      settlement: { status: 'Failed', errorInformation: { code } },
    });
  });
});
