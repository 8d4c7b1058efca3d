import { expect, it } from 'vitest';
import { linesOf } from '../../../cli/following/change-lines.ts';
import { changesBetween } from '../../../cli/following/changes.ts';
import { observedTarget } from '../../../cli/following/observation.ts';
import type { Observation } from '../../../cli/following/observation.ts';

const SEEN_AT = new Date('2026-05-04T12:00:00Z');

/** A deployment of one host whose lifecycle events stand so. */
function observing(
  status: 'InProgress' | 'Succeeded' | 'Failed',
  events: Readonly<Record<string, string>>,
): Observation {
  const target = observedTarget({
    instanceTarget: {
      targetId: 'i-0a1',
      status,
      lifecycleEvents: Object.entries(events).map(([lifecycleEventName, each]) => ({
        lifecycleEventName,
        status: each as 'Pending',
      })),
    },
  });
  return { deployment: { deploymentId: 'd-1', status: 'InProgress' }, targets: new Map(target && [['i-0a1', target]]) };
}

function told(before: Observation | undefined, after: Observation): string[] {
  return changesBetween(before, after, SEEN_AT).map((change) =>
    [change.type, change.type === 'event' ? change.lifecycleEvent : '', change.status].filter(Boolean).join(' '),
  );
}

it('tells what has begun, not what waits', () => {
  expect(told(undefined, observing('InProgress', { Install: 'InProgress', AfterInstall: 'Pending' }))).toEqual([
    'deployment InProgress',
    'target InProgress',
    'event Install InProgress',
  ]);
});

it('tells several events that ended between two looks, and the host after them', () => {
  const before = observing('InProgress', { Install: 'InProgress', AfterInstall: 'Pending' });
  const after = observing('Succeeded', { Install: 'Succeeded', AfterInstall: 'Succeeded' });

  expect(told(before, after)).toEqual(['event Install Succeeded', 'event AfterInstall Succeeded', 'target Succeeded']);
});

it('is silent about what a failure leaves undone', () => {
  const before = observing('InProgress', { Install: 'InProgress', AfterInstall: 'Pending' });
  const after = observing('Failed', { Install: 'Failed', AfterInstall: 'Skipped' });

  expect(told(before, after)).toEqual(['event Install Failed', 'target Failed']);
});

it('tells nothing when nothing changed', () => {
  const same = observing('InProgress', { Install: 'InProgress' });

  expect(told(same, observing('InProgress', { Install: 'InProgress' }))).toEqual([]);
});

it('tells of a rollback that is found after the end', () => {
  const failed: Observation = { deployment: { deploymentId: 'd-1', status: 'Failed' }, targets: new Map() };
  const rollbackInfo = { rollbackDeploymentId: 'd-2' };

  const changes = changesBetween(failed, { ...failed, deployment: { ...failed.deployment, rollbackInfo } }, SEEN_AT);

  expect(changes).toEqual([{ type: 'deployment', at: SEEN_AT, deploymentId: 'd-1', status: 'Failed', rollbackInfo }]);
});

it('tells the beginning of the work at the time of the record, whatever clock this machine has', () => {
  const startTime = new Date('2031-01-01T00:00:00Z');
  const { deployment, targets } = observing('InProgress', {});

  const [begun] = changesBetween(undefined, { deployment: { ...deployment, startTime }, targets }, SEEN_AT);

  expect(begun?.at).toEqual(startTime);
});

it('tells what whoever looks should know, once', () => {
  const message = 'The AppSpec of s3://releases/web.zip was not checked: AccessDenied';
  const { deployment, targets } = observing('InProgress', {});
  const noted = { targets, deployment: { ...deployment, deploymentStatusMessages: [message] } };

  const [change] = changesBetween({ deployment, targets }, noted, SEEN_AT);

  expect(change).toMatchObject({ type: 'deployment', deploymentStatusMessages: [message] });
  expect(change && linesOf(change, (_, text) => text)).toEqual(['12:00:00  d-1  InProgress', `          ${message}`]);
  expect(told(noted, noted)).toEqual([]);
});
