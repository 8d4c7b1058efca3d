import { expect, it } from 'vitest';
import { inOrder, instanceHealth, lotsOf, revisionHealth } from '../../../core/fleet/order.ts';
import type { Revision } from '../../../core/revision.ts';

const revision = (Key: string): Revision => ({
  RevisionType: 'S3',
  S3Location: { Bucket: 'bundles', Key, BundleType: 'zip' },
});
const [v1, v2, v3] = ['1', '2', '3'].map(revision);
const names = (targets: readonly { targetId: string }[]) => targets.map(({ targetId }) => targetId);

it('a host is healthy when the last deployment to it succeeded', () => {
  const outcomes = ['Succeeded', 'Failed', undefined] as const;

  const healths = outcomes.map((lastOutcome) => instanceHealth({ targetId: 'i', lastOutcome }));

  expect(healths).toEqual(['Healthy', 'Unhealthy', 'Unhealthy']);
});

it('a revision is current when it is that of the last success of the group', () => {
  const healths = [undefined, v1, v2, v3].map((installed) => revisionHealth({ targetId: 'i', installed }, v2));

  expect(healths).toEqual(['Unknown', 'Old', 'Current', 'Old']);
});

it('those with least to lose come first', () => {
  const targets = [
    { targetId: 'current', lastOutcome: 'Succeeded', installed: v2 },
    { targetId: 'old', lastOutcome: 'Succeeded', installed: v1 },
    { targetId: 'unknown', lastOutcome: 'Succeeded' },
    { targetId: 'failed', lastOutcome: 'Failed', installed: v2 },
    { targetId: 'new' },
  ] as const;

  const ordered = inOrder(targets, v2, (targetId) => (targetId === 'new' ? 0 : 1));

  expect(names(ordered)).toEqual(['new', 'failed', 'unknown', 'old', 'current']);
});

it('chance decides among equals, differently for each deployment and alike for each try', () => {
  const targets = Array.from({ length: 20 }, (_, index) => ({ targetId: `i-${index}` }));
  const order = (deploymentId: string) => names(inOrder(targets, undefined, lotsOf(deploymentId)));

  expect(order('d-AAAAAAAAA')).toEqual(order('d-AAAAAAAAA'));
  expect(order('d-AAAAAAAAA')).not.toEqual(order('d-BBBBBBBBB'));
  expect([...order('d-AAAAAAAAA')].sort()).toEqual(names(targets).sort());
});
