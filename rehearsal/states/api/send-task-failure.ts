import type { Operation } from './operation.ts';
import { requireOpenToken } from './task-token.ts';

/** Fails a waiting task with an error that Retry and Catch will see. @throws InvalidToken, TaskDoesNotExist, TaskTimedOut */
export const sendTaskFailure: Operation = (input, account) => {
  account.tokens.fail(requireOpenToken(input, account), input.optionalText('error'), input.optionalText('cause'));
  return {};
};
