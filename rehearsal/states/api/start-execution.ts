import { randomUUID } from 'node:crypto';
import type { Execution } from '../run/execution.ts';
import { LARGEST_PAYLOAD_BYTES, parseJson, textOf } from '../language/json.ts';
import type { Json } from '../language/json.ts';
import { faults } from './faults.ts';
import { findStateMachine } from './find.ts';
import { requireName } from './names.ts';
import type { Operation } from './operation.ts';

/** How long the name of a closed execution stays taken. */
const NAME_KEPT_MS = 90 * 24 * 3_600_000;

/**
 * Starts an execution. The same name and input while that one runs answers with the running one: starting is idempotent.
 * @throws StateMachineDoesNotExist, ExecutionAlreadyExists, InvalidExecutionInput, InvalidName
 */
export const startExecution: Operation = (input, account) => {
  const machine = findStateMachine(input, account);
  const name = requireName(input.optionalText('name') ?? randomUUID());
  const text = input.optionalText('input') ?? '{}';
  const value = readInput(text);

  const now = account.ground.clock.now();
  const namesake = account.executions.get(account.arn('execution', `${machine.name}:${name}`));
  if (namesake && isTaken(namesake, textOf(value), now)) throw faults.executionAlreadyExists(namesake.plan.arn);
  const execution = namesake?.status === 'RUNNING' ? namesake : account.start(machine, name, value);
  return { executionArn: execution.plan.arn, startDate: new Date(execution.startedAt) };
};

function readInput(text: string): Json {
  if (Buffer.byteLength(text) > LARGEST_PAYLOAD_BYTES) {
    const constraint = `Member must have length less than or equal to ${LARGEST_PAYLOAD_BYTES}`;
    throw faults.validation(
      `1 validation error detected: Value at 'input' failed to satisfy constraint: ${constraint}`,
    );
  }
  if (text === '') throw faults.invalidExecutionInput('Invalid execution input.');
  try {
    return parseJson(text);
  } catch (fault) {
    throw faults.invalidExecutionInput((fault as SyntaxError).message);
  }
}

function isTaken({ status, inputText, stoppedAt }: Execution, input: string, now: number): boolean {
  if (status === 'RUNNING') return inputText !== input;
  return now - (stoppedAt ?? now) < NAME_KEPT_MS;
}
