import { expect, it } from 'vitest';
import { slotFor } from '../../../core/fleet/concurrent-deployments.ts';
import { isTerminal, statusesBefore } from '../../../core/fleet/deployment-status.ts';

it.each([
  ['Created', []],
  ['Queued', ['Created']],
  ['InProgress', ['Created', 'Queued', 'Ready']],
  ['Succeeded', ['InProgress', 'Baking']],
  ['Failed', ['Created', 'Queued', 'InProgress', 'Ready', 'Baking']],
  ['Stopped', ['Created', 'Queued', 'InProgress', 'Ready', 'Baking']],
] as const)('a deployment becomes %s from %o', (status, before) => {
  expect([...statusesBefore(status)].sort()).toEqual([...before].sort());
});

it('a deployment that ended stays as it ended', () => {
  expect((['Succeeded', 'Failed', 'Stopped'] as const).every(isTerminal)).toBe(true);
  expect((['Created', 'Queued', 'InProgress', 'Ready', 'Baking'] as const).some(isTerminal)).toBe(false);
});

const running = { deploymentId: 'd-RUNNING00', creator: 'user', status: 'InProgress' } as const;

it('a user is refused a second deployment of a group, with the id of the first', () => {
  expect(slotFor('user', 'web-fleet', [running])).toMatchObject({
    kind: 'refuse',
    code: 'DeploymentLimitExceededException',
    message: expect.stringMatching(/already has an active Deployment 'd-RUNNING00'/),
  });
});

it('a rollback and a follow-on wait for their group', () => {
  expect(slotFor('codeDeployRollback', 'web-fleet', [running])).toEqual({
    kind: 'wait',
    activeDeploymentId: 'd-RUNNING00',
  });
  expect(slotFor('CodeDeployAutoUpdate', 'web-fleet', [running]).kind).toBe('wait');
});

it('launches stand in nobody’s way, and nobody in theirs', () => {
  expect(slotFor('autoscaling', 'web-fleet', [running])).toEqual({ kind: 'begin' });
  expect(slotFor('user', 'web-fleet', [{ ...running, creator: 'autoscaling' }])).toEqual({ kind: 'begin' });
});

it('a deployment that ended leaves its place', () => {
  expect(slotFor('user', 'web-fleet', [{ ...running, status: 'Stopped' }])).toEqual({ kind: 'begin' });
});
