import { describe, expect, it } from 'vitest';

import { type DeclaredRollout, decideOnRollout } from '../../../core/fleet/decide-on-rollout.ts';
import type { FleetDeployment, PastDeployment } from '../../../core/fleet-deployment.ts';
import { aFleetDeployment } from '../../lambdas/doubles/a-fleet-deployment.ts';
import { DECLARED_BY, REVISION_ONE, REVISION_TWO } from '../../lambdas/doubles/builders.ts';
import { NOON } from '../../lambdas/doubles/recorded-engine.ts';

const { stackId } = DECLARED_BY;
const ONE = { targetId: 'i-1', installed: REVISION_ONE, lastOutcome: 'Succeeded' } as const;
const TWO = { ...ONE, targetId: 'i-2', installed: REVISION_TWO } as const;

const past = (changes: Partial<PastDeployment>): PastDeployment => ({
  deploymentId: 'd-PAST00001',
  status: 'Succeeded',
  revision: REVISION_ONE,
  fileExistsBehavior: 'DISALLOW',
  createdAtMs: NOON,
  ...changes,
});
const running = (changes: Partial<FleetDeployment>): FleetDeployment => ({
  ...aFleetDeployment(changes),
  status: 'InProgress',
});
const decide = (changes: Partial<DeclaredRollout>) =>
  decideOnRollout({
    revision: REVISION_TWO,
    stackId,
    isFirst: false,
    isRollback: false,
    active: undefined,
    lastAttempted: undefined,
    hosts: [ONE],
    ...changes,
  });

describe('a declared revision', () => {
  it('is deployed to hosts that run another', () => {
    expect(decide({ hosts: [TWO, ONE] })).toEqual({ kind: 'deploy' });
  });

  it('has nothing to do where there is no host, or where all were launched with it', () => {
    expect(decide({ hosts: [] })).toMatchObject({ kind: 'done' });
    expect(decide({ hosts: [TWO] })).toMatchObject({ kind: 'done' });
  });

  it('comes back to hosts that a failed deployment may have left in ruins, whatever they had before', () => {
    const failed = past({ status: 'Failed', revision: REVISION_TWO });

    expect(decide({ revision: REVISION_ONE, lastAttempted: failed })).toEqual({ kind: 'deploy' });
  });

  it('does not come back a second time, where the group’s own rollback has brought it', () => {
    const rolledBack = past({ deploymentId: 'd-ROLLBACK1' });

    expect(decide({ revision: REVISION_ONE, lastAttempted: rolledBack, isRollback: true })).toEqual({
      kind: 'done',
      deploymentId: 'd-ROLLBACK1',
    });
  });

  it('takes no notice, when it is first declared, of what was deployed in an earlier life of the group', () => {
    expect(decide({ isFirst: true, hosts: [TWO], lastAttempted: past({}) })).toMatchObject({ kind: 'done' });
  });

  it('waits for a deployment of the same revision that runs already, whoever asked for it', () => {
    expect(decide({ active: running({}) })).toEqual({ kind: 'join', deploymentId: 'd-FLEET0001' });
  });

  it('takes the place of what its own stack asked for before', () => {
    const active = running({ revision: REVISION_ONE, declaredBy: DECLARED_BY });

    expect(decide({ active })).toEqual({ kind: 'replace', deploymentId: 'd-FLEET0001' });
    expect(decide({ active: { ...running({ declaredBy: DECLARED_BY }), successor: aFleetDeployment() } })).toEqual({
      kind: 'replace',
      deploymentId: 'd-FLEET0001',
    });
  });

  it('is refused while somebody else deploys, but never holds up a stack that goes back', () => {
    const active = running({ revision: REVISION_ONE });

    expect(decide({ active }).kind).toBe('refuse');
    expect(decide({ active, isRollback: true }).kind).toBe('leave');
  });
});
