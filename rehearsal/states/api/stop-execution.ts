import { StatesError } from '../language/states-error.ts';
import { findExecution } from './find.ts';
import type { Operation } from './operation.ts';

/** Aborts an execution: no Catch runs. One that is closed already stays as it is. @throws ExecutionDoesNotExist */
export const stopExecution: Operation = (input, account) => {
  const execution = findExecution(input, account);
  const error = new StatesError(input.optionalText('error'), input.optionalText('cause'));
  execution.close({ status: 'ABORTED', error });
  return { stopDate: new Date(execution.stoppedAt ?? account.ground.clock.now()) };
};
