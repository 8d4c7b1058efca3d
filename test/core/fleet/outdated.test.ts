import { describe, expect, it } from 'vitest';
import { decideOnFollowOn, type EndedFleet, outdatedHosts } from '../../../core/fleet/outdated.ts';
import type { HostHistory } from '../../../core/fleet/order.ts';
import type { Revision } from '../../../core/revision.ts';

const revision = (Key: string): Revision => ({
  RevisionType: 'S3',
  S3Location: { Bucket: 'b', Key, BundleType: 'zip' },
});
const ended = (but: Partial<EndedFleet<HostHistory>> = {}): EndedFleet<HostHistory> => ({
  status: 'Succeeded',
  strategy: 'UPDATE',
  revision: revision('2'),
  hosts: [
    { targetId: 'updated', installed: revision('2') },
    { targetId: 'failed', installed: revision('1') },
    { targetId: 'launched', installed: revision('1') },
    { targetId: 'bare' },
  ],
  attempted: new Set(['updated', 'failed']),
  arriving: 0,
  followOns: 0,
  ...but,
});

it('hosts are outdated that run another revision, or none', () => {
  const outdated = outdatedHosts(ended().hosts, revision('2')).map(({ targetId }) => targetId);

  expect(outdated).toEqual(['failed', 'launched', 'bare']);
});

describe('a follow-on deployment', () => {
  it('goes to hosts that came while the fleet was deployed to, and to none that failed', () => {
    expect(decideOnFollowOn(ended())).toEqual({
      kind: 'deploy',
      targets: [{ targetId: 'launched', installed: revision('1') }, { targetId: 'bare' }],
    });
  });

  it.each<[string, Partial<EndedFleet<HostHistory>>]>([
    ['the deployment failed', { status: 'Failed' }],
    ['it was stopped', { status: 'Stopped' }],
    ['the group ignores outdated hosts', { strategy: 'IGNORE' }],
    ['none is outdated', { hosts: [{ targetId: 'updated', installed: revision('2') }] }],
  ])('is not made when %s', (_, but) => {
    expect(decideOnFollowOn(ended(but))).toEqual({ kind: 'none' });
  });

  it('is not made a sixth time, and says so', () => {
    expect(decideOnFollowOn(ended({ followOns: 4 })).kind).toBe('deploy');
    expect(decideOnFollowOn(ended({ followOns: 5 }))).toMatchObject({ reason: expect.stringContaining('2 hosts') });
  });
});
