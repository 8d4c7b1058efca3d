import { describe, expect, it } from 'vitest';
import { RoleLeave } from '../../../rehearsal/states/role-leave.ts';
import type { Statement } from '../../../rehearsal/permissions/policies.ts';
import { allow, anAccount, arn, document, ROLE } from '../permissions/account.ts';

const MACHINE = { roleArn: ROLE, machineName: 'Machine' };
const PLAIN = { logs: false, waitsForExecutions: false };
const TRUST: Statement = {
  Effect: 'Allow',
  Principal: { Service: 'states.amazonaws.com' },
  Action: 'sts:AssumeRole',
};

/** The leave of a role that trusts Step Functions and has these statements. */
function leaveOf(...may: readonly Statement[]): RoleLeave {
  const permissions = anAccount();
  permissions.policies.putRole(ROLE, {
    trust: { id: 'Stack/Worker/AssumeRolePolicyDocument', document: document(TRUST) },
    own: [{ id: 'Stack/Worker/Work', document: document(...may) }],
  });
  return new RoleLeave({ permissions, region: 'us-east-1', accountId: '123456789012' });
}

describe('A state machine is not made', () => {
  it('with a role that does not trust Step Functions', async () => {
    const leave = new RoleLeave({ permissions: anAccount(), region: 'us-east-1', accountId: '123456789012' });

    await expect(leave.requireForMachine(MACHINE, PLAIN)).rejects.toThrow(
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    );
  });

  it('with a log that its role may not deliver to', async () => {
    await expect(leaveOf().requireForMachine(MACHINE, { ...PLAIN, logs: true })).rejects.toThrow(
      'The state machine IAM Role is not authorized to access the Log Destination',
    );
  });

  it('to wait for executions without leave for the rule that tells of their end', async () => {
    await expect(leaveOf().requireForMachine(MACHINE, { ...PLAIN, waitsForExecutions: true })).rejects.toThrow(
      `'${ROLE}' is not authorized to create managed-rule.`,
    );
  });
});

it('is made with a role that has what it needs', async () => {
  const rule = arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule');
  const leave = leaveOf(allow('logs:*', '*'), allow('events:*', rule));

  await expect(leave.requireForMachine(MACHINE, { logs: true, waitsForExecutions: true })).resolves.toBeUndefined();
});

it('fails a state in the words of Step Functions', async () => {
  const starting = leaveOf().require(MACHINE, 'StartExecution', arn('states', 'stateMachine:Machine'));

  await expect(starting).rejects.toMatchObject({
    error: 'StepFunctions.AccessDeniedException',
    cause: expect.stringContaining('assumed-role/Worker/Machine is not authorized') as string,
  });
});
