import { describe, expect, it } from 'vitest';
import { resize, setDesired } from '../../../../rehearsal/auto-scaling/capacity/sizes.ts';
import { pauseAfterFailures } from '../../../../rehearsal/auto-scaling/capacity/slow-down.ts';
import { chooseToTerminate } from '../../../../rehearsal/auto-scaling/capacity/termination-choice.ts';
import { replaceableNow } from '../../../../rehearsal/auto-scaling/capacity/unhealthy-choice.ts';
import { zonesForLaunches } from '../../../../rehearsal/auto-scaling/capacity/zone-balance.ts';
import { aMember } from '../lifecycle/members.ts';

describe('Sizes', () => {
  const sizes = { min: 1, max: 4, desired: 2 };

  it.each([
    ['a higher minimum raises the desired capacity', { min: 3 }, { min: 3, max: 4, desired: 3 }],
    ['a lower maximum lowers it', { max: 1 }, { min: 1, max: 1, desired: 1 }],
    ['bounds that still hold it leave it', { max: 9 }, { min: 1, max: 9, desired: 2 }],
  ])('%s', (_, change, expected) => {
    expect(resize(sizes, change)).toEqual(expected);
  });

  it.each([
    [
      'bounds that cross',
      () => resize(sizes, { min: 5 }),
      'Max bound, 4, must be greater than or equal to min bound, 5',
    ],
    [
      'a desired capacity outside of them',
      () => resize(sizes, { desired: 5 }),
      'Desired capacity:5 must be between the specified min size:1 and max size:4',
    ],
    [
      'SetDesiredCapacity above the maximum',
      () => setDesired(sizes, 5),
      'New SetDesiredCapacity value 5 is above max value 4 for the AutoScalingGroup.',
    ],
    [
      'SetDesiredCapacity below the minimum',
      () => setDesired(sizes, 0),
      'New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup.',
    ],
  ])('refuse %s', (_, change, message) => {
    expect(change).toThrow(message);
  });
});

describe('Launches', () => {
  it('go where fewest instances are', () => {
    const zones = zonesForLaunches(4, ['a', 'b', 'c'], new Map([['a', 2]]));

    expect(zones).toEqual(['b', 'c', 'b', 'c']);
  });

  it('are slowed down after failures, up to a minute', () => {
    const pauses = [0, 1, 2, 3, 4, 5, 20].map(pauseAfterFailures);

    expect(pauses).toEqual([0, 5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });
});

describe('The choice of whom to terminate', () => {
  const member = (
    instanceId: string,
    availabilityZone: string,
    version: number,
    joinedAtMs: number,
    isProtected = false,
  ) =>
    aMember({
      instanceId,
      availabilityZone,
      joinedAtMs,
      launchTemplate: { id: 'lt-1', name: 'web', version },
      protectedFromScaleIn: isProtected,
    });
  const ids = (chosen: readonly { instanceId: string }[]): string[] => chosen.map(({ instanceId }) => instanceId);

  it('takes from the fullest zone first', () => {
    const members = [member('lone', 'a', 1, 0), member('b1', 'b', 1, 1), member('b2', 'b', 1, 2)];

    expect(ids(chooseToTerminate(members, 1))).toEqual(['b1']);
  });

  it('then the oldest launch template, then the oldest launch', () => {
    const members = [member('new', 'a', 2, 0), member('younger', 'a', 1, 2), member('older', 'a', 1, 1)];

    expect(ids(chooseToTerminate(members, 2))).toEqual(['older', 'younger']);
  });

  it('follows the policies of the group', () => {
    const members = [member('older', 'a', 1, 1), member('newest', 'a', 1, 3), member('younger', 'a', 1, 2)];

    expect(ids(chooseToTerminate(members, 1, ['NewestInstance', 'Default']))).toEqual(['newest']);
  });

  it('spares protected members, and so may choose fewer', () => {
    const members = [member('safe', 'a', 1, 0, true), member('other', 'b', 1, 1)];

    expect(ids(chooseToTerminate(members, 2))).toEqual(['other']);
  });

  it('stays balanced while it takes many', () => {
    const members = ['a', 'b'].flatMap((zone) => [1, 2, 3].map((at) => member(`${zone}${at}`, zone, 1, at)));

    expect(ids(chooseToTerminate(members, 4)).sort()).toEqual(['a1', 'a2', 'b1', 'b2']);
  });
});

describe('Replacement of the unhealthy', () => {
  const patient = ['p1', 'p2', 'p3'].map((instanceId) => ({ instanceId, urgent: false }));

  it.each([
    [
      'takes all urgent ones at once',
      [
        { instanceId: 'u1', urgent: true },
        { instanceId: 'u2', urgent: true },
      ],
      4,
      4,
      ['u1', 'u2'],
    ],
    ['takes one patient one of a small group', patient, 4, 4, ['p1']],
    ['takes a tenth of a large group', patient, 20, 20, ['p1', 'p2']],
    ['waits while the group is a tenth below its desired capacity', patient, 4, 3, []],
  ])('%s', (_, unhealthy, desired, inService, expected) => {
    expect(replaceableNow(unhealthy, desired, inService)).toEqual(expected);
  });
});
