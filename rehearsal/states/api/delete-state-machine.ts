import type { Operation } from './operation.ts';

/** Deletes a state machine; one that is not there is no error. Executions that run go on to their end. */
export const deleteStateMachine: Operation = (input, { machines }) => {
  machines.delete(input.arn('stateMachineArn'));
  return {};
};
