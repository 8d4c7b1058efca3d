import type { Operation } from './operation.ts';
import { requireOpenToken } from './task-token.ts';

/**
 * Says that a waiting task is still worked on: the heartbeat's clock starts anew, the task's timeout runs on,
 * and the history says nothing of it.
 * @throws InvalidToken, TaskDoesNotExist, TaskTimedOut
 */
export const sendTaskHeartbeat: Operation = (input, account) => {
  account.tokens.beat(requireOpenToken(input, account));
  return {};
};
