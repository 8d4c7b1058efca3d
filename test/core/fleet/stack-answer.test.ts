import { describe, expect, it } from 'vitest';

import { answerAtTheEnd, answerOfDelay } from '../../../core/fleet/stack-answer.ts';
import type { StackRequest } from '../../../core/fleet/stack-request.ts';
import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import { aFleetDeployment } from '../../lambdas/doubles/a-fleet-deployment.ts';
import { DECLARED_BY } from '../../lambdas/doubles/builders.ts';
import { NOON } from '../../lambdas/doubles/recorded-engine.ts';

const REQUEST: StackRequest = {
  ...DECLARED_BY,
  requestId: 'request-1',
  physicalResourceId: 'web/web-fleet',
  responseUrl: 'https://cloudformation.example/answer',
  deadlineMs: NOON + 55 * 60_000,
  isRollback: false,
};
const FAILED: FleetDeployment = {
  ...aFleetDeployment(),
  status: 'Failed',
  errorInformation: { code: 'HEALTH_CONSTRAINTS', message: 'Too many targets failed' },
};
const FIRST_FAILURE = {
  instanceId: 'i-0a1b',
  reason: 'ApplicationStart: scripts/start.sh failed with exit code 1',
  lifecycleEvent: {
    lifecycleEventName: 'ApplicationStart',
    status: 'Failed',
    diagnostics: {
      errorCode: 'ScriptFailed',
      scriptName: 'scripts/start.sh',
      message: 'failed with exit code 1',
      logTail: `${'x'.repeat(5000)}\n[stderr] no such port\n`,
    },
  },
} as const;

describe('the answer to a stack', () => {
  it('is success when the deployment succeeded', () => {
    expect(answerAtTheEnd({ ...aFleetDeployment(), status: 'Succeeded' }, REQUEST, {})).toEqual({ Status: 'SUCCESS' });
  });

  it('names deployment, error code, the first host that failed and what its script printed last', () => {
    const { Status, Reason = '' } = answerAtTheEnd(FAILED, REQUEST, { firstFailure: FIRST_FAILURE });

    expect(Status).toBe('FAILED');
    for (const part of ['d-FLEET0001', '(HEALTH_CONSTRAINTS)', 'i-0a1b', 'no such port', 'slipway status d-FLEET0001'])
      expect(Reason).toContain(part);
  });

  it('fits into what CloudFormation takes', () => {
    const firstFailure = { ...FIRST_FAILURE, reason: 'because '.repeat(1000) };

    expect(answerAtTheEnd(FAILED, REQUEST, { firstFailure }).Reason?.length).toBeLessThan(3000);
  });

  it('never holds up a stack that goes back', () => {
    expect(answerAtTheEnd(FAILED, { ...REQUEST, isRollback: true }, {}).Status).toBe('SUCCESS');
  });

  it('is success when there was no host to deploy to', () => {
    const nobody = { ...FAILED, errorInformation: { code: 'NO_INSTANCES', message: 'No instance' } } as const;

    expect(answerAtTheEnd(nobody, REQUEST, {}).Status).toBe('SUCCESS');
  });

  it('says, when it took too long, how long and how to follow it', () => {
    const { Status, Reason } = answerOfDelay(FAILED, REQUEST);

    expect(Status).toBe('FAILED');
    expect(Reason).toContain('d-FLEET0001 still runs after 55 minutes');
    expect(Reason).toContain('aws deploy get-deployment --deployment-id d-FLEET0001');
  });
});
