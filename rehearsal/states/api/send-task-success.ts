import { parseJson } from '../language/json.ts';
import type { Json } from '../language/json.ts';
import { faults } from './faults.ts';
import type { Operation } from './operation.ts';
import { requireOpenToken } from './task-token.ts';

/** Ends a waiting task with its output. @throws InvalidOutput, InvalidToken, TaskDoesNotExist, TaskTimedOut */
export const sendTaskSuccess: Operation = (input, account) => {
  const output = readOutput(input.text('output'));
  account.tokens.succeed(requireOpenToken(input, account), output);
  return {};
};

function readOutput(text: string): Json {
  try {
    return parseJson(text);
  } catch (fault) {
    throw faults.invalidOutput((fault as SyntaxError).message);
  }
}
