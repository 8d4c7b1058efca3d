import { findStateMachine } from './find.ts';
import type { Operation } from './operation.ts';

/** @throws StateMachineDoesNotExist */
export const describeStateMachine: Operation = (input, account) => {
  const machine = findStateMachine(input, account);
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    status: 'ACTIVE',
    definition: machine.definitionText,
    roleArn: machine.roleArn,
    type: 'STANDARD',
    creationDate: new Date(machine.createdAt),
    loggingConfiguration: machine.loggingConfiguration,
    tracingConfiguration: machine.tracingConfiguration,
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    revisionId: machine.revisionId,
  };
};
