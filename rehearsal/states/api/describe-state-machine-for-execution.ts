import { findExecution } from './find.ts';
import type { Operation } from './operation.ts';
import { DEFAULT_SETTINGS } from '../state-machine.ts';

/** The state machine as it was when the execution started. @throws ExecutionDoesNotExist */
export const describeStateMachineForExecution: Operation = (input, account) => {
  const { plan, startedAt } = findExecution(input, account);
  const machine = account.machines.get(plan.stateMachine.arn);
  return {
    stateMachineArn: plan.stateMachine.arn,
    name: plan.stateMachine.name,
    definition: plan.definitionText,
    roleArn: plan.roleArn,
    updateDate: new Date(machine?.updatedAt ?? startedAt),
    loggingConfiguration: machine?.loggingConfiguration ?? DEFAULT_SETTINGS.loggingConfiguration,
    tracingConfiguration: machine?.tracingConfiguration ?? DEFAULT_SETTINGS.tracingConfiguration,
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    mapRunArn: plan.mapRunArn,
  };
};
