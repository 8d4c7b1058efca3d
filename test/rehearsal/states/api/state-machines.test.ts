import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROLE_ARN, startStatesGround } from '../states-ground.ts';
import type { StatesGround } from '../states-ground.ts';

let states: StatesGround;
beforeEach(async () => {
  states = await startStatesGround();
});
afterEach(() => states.close());

const definition = (output: string): string =>
  JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'A',
    States: { A: { Type: 'Pass', Output: output, End: true } },
  });

const create = (
  fields: object = {},
): Promise<{ stateMachineArn?: string | undefined; creationDate?: Date | undefined }> =>
  states.client.send(
    new CreateStateMachineCommand({ name: 'deploy', roleArn: ROLE_ARN, definition: definition('one'), ...fields }),
  );

describe('a state machine', () => {
  it('is described as it was created', async () => {
    const { stateMachineArn, creationDate } = await create({ tags: [{ key: 'team', value: 'web' }] });

    const described = await states.client.send(new DescribeStateMachineCommand({ stateMachineArn }));

    expect(described).toMatchObject({
      stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:deploy',
      name: 'deploy',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: definition('one'),
      creationDate,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    });
    const { tags } = await states.client.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }));
    expect(tags).toEqual([{ key: 'team', value: 'web' }]);
  });

  it('is the same one when asked for again, and taken when asked for otherwise', async () => {
    const first = await create();

    expect(await create()).toMatchObject({ creationDate: first.creationDate });
    await expect(create({ definition: definition('two') })).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
      message: "State Machine Already Exists: 'arn:aws:states:us-east-1:123456789012:stateMachine:deploy'",
    });
  });

  it('runs its new definition after an update, while running executions keep theirs', async () => {
    const { stateMachineArn } = await create();
    const before = await states.client.send(new StartExecutionCommand({ stateMachineArn, name: 'before' }));

    const { revisionId } = await states.client.send(
      new UpdateStateMachineCommand({ stateMachineArn, definition: definition('two') }),
    );

    const { executionArn } = await states.client.send(new StartExecutionCommand({ stateMachineArn, name: 'after' }));
    expect(await states.finished(before.executionArn ?? '')).toMatchObject({ value: 'one' });
    expect(await states.finished(executionArn ?? '')).toMatchObject({ value: 'two' });
    expect(await states.client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      revisionId,
    });
    expect(
      await states.client.send(new DescribeStateMachineForExecutionCommand({ executionArn: before.executionArn })),
    ).toMatchObject({ definition: definition('one') });
  });

  it('wants something to update', async () => {
    const { stateMachineArn } = await create();

    const update = states.client.send(new UpdateStateMachineCommand({ stateMachineArn }));

    await expect(update).rejects.toMatchObject({ name: 'MissingRequiredParameter' });
  });

  it('is gone after it is deleted; deleting again is no error', async () => {
    const { stateMachineArn } = await create();

    await states.client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await states.client.send(new DeleteStateMachineCommand({ stateMachineArn }));

    await expect(states.client.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });

  it('cannot be run synchronously: it is a Standard one', async () => {
    const { stateMachineArn } = await create();
    // The operation has a host of its own on AWS (`sync-states.…`); here there is one endpoint.
    const run = new StartSyncExecutionCommand({ stateMachineArn });
    run.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { hostname: string };
        request.hostname = request.hostname.replace(/^sync-/, '');
        return next(args);
      },
      { step: 'build', priority: 'low' },
    );

    await expect(states.client.send(run)).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
  });

  it.each([
    [{ name: 'with space' }, 'InvalidName'],
    [{ name: 'x'.repeat(81) }, 'InvalidName'],
    [{ roleArn: 'machine' }, 'InvalidArn'],
    [{ definition: '{}' }, 'InvalidDefinition'],
    [{ type: 'EXPRESS' as const }, 'ValidationException'],
  ])('is not created with %o', async (fields, name) => {
    await expect(create(fields)).rejects.toMatchObject({ name });
  });
});

it('lists state machines by name, a page at a time', async () => {
  for (const name of ['c', 'a', 'b']) await create({ name });

  const first = await states.client.send(new ListStateMachinesCommand({ maxResults: 2 }));
  const second = await states.client.send(new ListStateMachinesCommand({ maxResults: 2, nextToken: first.nextToken }));

  expect(first.stateMachines?.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(second.stateMachines?.map(({ name }) => name)).toEqual(['c']);
  expect(second.nextToken).toBeUndefined();
});

it('says what is wrong with a definition without creating anything', async () => {
  const validate = new ValidateStateMachineDefinitionCommand({ definition: '{"StartAt": "A"}' });

  expect(await states.client.send(validate)).toMatchObject({
    result: 'FAIL',
    diagnostics: [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', location: '/' }],
  });
});
