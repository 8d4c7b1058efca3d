import { faults } from './faults.ts';
import { findStateMachine } from './find.ts';
import type { Operation } from './operation.ts';

/** For Express workflows only, of which there are none here. @throws StateMachineTypeNotSupported */
export const startSyncExecution: Operation = (input, account) => {
  findStateMachine(input, account);
  throw faults.stateMachineTypeNotSupported();
};
