import type { StatesAccount } from '../account.ts';
import { faults } from './faults.ts';
import type { Input } from './input.ts';

/**
 * The request's token, if its task still waits.
 * @throws InvalidToken, TaskDoesNotExist, TaskTimedOut (also when the task was answered before, or its execution ended)
 */
export function requireOpenToken(input: Input, { tokens }: StatesAccount): string {
  const token = input.text('taskToken');
  switch (tokens.stateOf(token)) {
    case 'open':
      return token;
    case 'closed':
      throw faults.taskTimedOut();
    case 'unknown':
      throw faults.taskDoesNotExist();
    case 'malformed':
      throw faults.invalidToken();
  }
}
