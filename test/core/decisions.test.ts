import { describe, expect, it } from 'vitest';

import { decideOnLaunch } from '../../core/decide-on-launch.ts';
import { decideOnTermination } from '../../core/decide-on-termination.ts';
import {
  aDeploymentGroup,
  anUndeclaredGroup,
  REVISION_ONE,
  REVISION_TWO,
  WEB_FLEET,
} from '../lambdas/doubles/builders.ts';

const launch = { instanceId: 'i-0abc', name: WEB_FLEET, group: aDeploymentGroup(), leaving: undefined };
const termination = { instanceId: 'i-0abc', name: WEB_FLEET, group: aDeploymentGroup(), installed: REVISION_ONE };

describe('a launch', () => {
  it('deploys the declared revision', () => {
    const group = aDeploymentGroup({ revision: REVISION_TWO, lastSuccessfulRevision: REVISION_ONE });

    expect(decideOnLaunch({ ...launch, group })).toEqual({ kind: 'deploy', revision: REVISION_TWO });
  });

  it('deploys the last successful revision when none is declared', () => {
    const group = { ...anUndeclaredGroup(), lastSuccessfulRevision: REVISION_ONE };

    expect(decideOnLaunch({ ...launch, group })).toEqual({ kind: 'deploy', revision: REVISION_ONE });
  });

  it('goes into service as it is when there is no revision to deploy', () => {
    expect(decideOnLaunch({ ...launch, group: anUndeclaredGroup() })).toMatchObject({
      settlement: {
        status: 'Skipped',
        lifecycleActionResult: 'CONTINUE',
        reason: expect.stringContaining('declares no revision'),
      },
    });
  });

  it('is abandoned when nobody registered its deployment group', () => {
    expect(decideOnLaunch({ ...launch, group: undefined })).toMatchObject({
      settlement: {
        status: 'Failed',
        lifecycleActionResult: 'ABANDON',
        reason: expect.stringContaining('web/web-fleet is not registered'),
      },
    });
  });

  it('is skipped when the instance already leaves', () => {
    expect(decideOnLaunch({ ...launch, leaving: 'd-FAREWELL0' })).toMatchObject({
      settlement: {
        status: 'Skipped',
        lifecycleActionResult: 'ABANDON',
        reason: expect.stringContaining('d-FAREWELL0'),
      },
    });
  });
});

describe('a termination', () => {
  it('runs the scripts of what is installed, not of what is declared by now', () => {
    const group = aDeploymentGroup({ revision: REVISION_TWO });

    expect(decideOnTermination({ ...termination, group })).toEqual({ kind: 'deploy', revision: REVISION_ONE });
  });

  it.each([
    { why: 'is not registered', group: undefined, installed: REVISION_ONE, status: 'Failed' },
    {
      why: 'does not deploy terminations',
      group: aDeploymentGroup({ deploysTerminations: false }),
      installed: REVISION_ONE,
      status: 'Skipped',
    },
    { why: 'there is nothing to stop', group: aDeploymentGroup(), installed: undefined, status: 'Skipped' },
  ])('continues at once: $why', ({ why, group, installed, status }) => {
    expect(decideOnTermination({ ...termination, group, installed })).toMatchObject({
      settlement: { status, lifecycleActionResult: 'CONTINUE', reason: expect.stringContaining(why) },
    });
  });
});
