import type { StatesAccount } from '../account.ts';
import type { Execution } from '../run/execution.ts';
import type { StateMachine } from '../state-machine.ts';
import { faults } from './faults.ts';
import type { Input } from './input.ts';

/** @throws InvalidArn, StateMachineDoesNotExist */
export function findStateMachine(input: Input, { machines }: StatesAccount): StateMachine {
  const arn = input.arn('stateMachineArn');
  const machine = machines.get(arn);
  if (!machine) throw faults.stateMachineDoesNotExist(arn);
  return machine;
}

/** @throws InvalidArn, ExecutionDoesNotExist */
export function findExecution(input: Input, { executions }: StatesAccount): Execution {
  const arn = input.arn('executionArn');
  const execution = executions.get(arn);
  if (!execution) throw faults.executionDoesNotExist(arn);
  return execution;
}
