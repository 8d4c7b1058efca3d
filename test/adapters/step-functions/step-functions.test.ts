import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { StateMachineExecutions } from '../../../adapters/step-functions/executions.ts';
import { StepFunctionsTaskTokens } from '../../../adapters/step-functions/task-tokens.ts';

const stepFunctions = mockClient(SFNClient);
const client = new SFNClient({});
const details = { message: 'as AWS says', $metadata: {} };

beforeEach(() => stepFunctions.reset());

describe('executions', () => {
  const executions = new StateMachineExecutions(client, 'arn:machine');

  it('are started by name', async () => {
    stepFunctions.on(StartExecutionCommand).resolves({});

    expect(await executions.start('launch-i-0abc', { type: 'launch' })).toBe('started');
    expect(stepFunctions.call(0).args[0].input).toEqual({
      stateMachineArn: 'arn:machine',
      name: 'launch-i-0abc',
      input: '{"type":"launch"}',
    });
  });

  it('exist when the name was used before', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(details));

    expect(await executions.start('launch-i-0abc', {})).toBe('exists');
  });

  it('are not started when Step Functions is throttled', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new Error('Rate exceeded'));

    await expect(executions.start('launch-i-0abc', {})).rejects.toThrow('Rate exceeded');
  });
});

describe('a state that waits', () => {
  const taskTokens = new StepFunctionsTaskTokens(client);

  it('is answered by its token', async () => {
    stepFunctions.on(SendTaskSuccessCommand).resolves({});

    expect(await taskTokens.answer('token', { status: 'Succeeded' })).toBe('answered');
    expect(stepFunctions.call(0).args[0].input).toEqual({ taskToken: 'token', output: '{"status":"Succeeded"}' });
  });

  it.each([new TaskTimedOut(details), new TaskDoesNotExist(details)])(
    'was answered by someone faster: $name',
    async (error) => {
      stepFunctions.on(SendTaskSuccessCommand).rejects(error);

      expect(await taskTokens.answer('token', {})).toBe('late');
    },
  );

  it('is not found by a token that is none', async () => {
    stepFunctions.on(SendTaskSuccessCommand).rejects(new InvalidToken(details));

    await expect(taskTokens.answer('nonsense', {})).rejects.toThrow('as AWS says');
  });
});
