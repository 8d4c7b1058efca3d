import type { AccessOf } from '../endpoint/protocols/operations.ts';
import type { TaskTokens } from './run/task-tokens.ts';

/**
 * Leave for Step Functions' operations. Answers to tasks are judged by the state machine that waits; a token that
 * nobody gave out needs no leave, as there is nothing it could reach.
 */
export function statesAccess(tokens: TaskTokens): AccessOf {
  return (operation, { taskToken }) => {
    if (!operation.startsWith('SendTask')) return undefined;
    const machineArn = tokens.machineOf(String(taskToken));
    return machineArn === undefined ? [] : [{ action: `states:${operation}`, resources: [machineArn] }];
  };
}
