import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { jsonService } from '../../../../rehearsal/endpoint/protocols/json.ts';
import { queryService } from '../../../../rehearsal/endpoint/protocols/query.ts';
import { AwsError } from '../../../../rehearsal/endpoint/service.ts';
import type { Part } from '../../../../rehearsal/part.ts';
import { startStatesGround } from '../states-ground.ts';
import type { StatesGround } from '../states-ground.ts';

let states: StatesGround;
/** What the services around were asked, by operation. */
let asked: Record<string, unknown>;
/** What they answer; an error is thrown. */
let answers: Record<string, unknown>;

const answer = (operation: string) => (input: Record<string, unknown>) => {
  asked[operation] = input;
  const reply = answers[operation];
  return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply ?? {});
};

const surroundings: Part = {
  services: [
    jsonService({
      signingNames: ['dynamodb'],
      targetPrefix: 'DynamoDB_20120810',
      version: '1.0',
      operations: { GetItem: answer('GetItem'), UpdateItem: answer('UpdateItem') },
    }),
    jsonService({
      signingNames: ['sqs'],
      targetPrefix: 'AmazonSQS',
      version: '1.0',
      operations: { SendMessage: answer('SendMessage') },
    }),
    jsonService({
      signingNames: ['events'],
      targetPrefix: 'AWSEvents',
      version: '1.1',
      operations: { PutEvents: answer('PutEvents') },
    }),
    queryService({
      signingNames: ['autoscaling'],
      version: '2011-01-01',
      namespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
      operations: {
        DescribeAutoScalingGroups: answer('DescribeAutoScalingGroups'),
        CompleteLifecycleAction: answer('CompleteLifecycleAction'),
      },
    }),
  ],
  resourceTypes: {},
  close: () => Promise.resolve(),
};

beforeAll(async () => {
  states = await startStatesGround({ speed: 100, parts: [surroundings] });
});
beforeEach(() => {
  asked = {};
  answers = {};
});
afterAll(() => states.close());

const task = (resource: string, Arguments: object, fields: object = {}): object => ({
  StartAt: 'Call',
  States: { Call: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments, End: true, ...fields } },
});

describe('an aws-sdk integration', () => {
  const update = task('aws-sdk:dynamodb:updateItem', {
    TableName: 'table',
    Key: { pk: { S: '{% $states.input.pk %}' } },
  });

  it('calls the service and gives its output as it is', async () => {
    answers['UpdateItem'] = { Attributes: { n: { N: '2' } } };

    const outcome = await states.run(update, { pk: 'host' });

    expect(asked['UpdateItem']).toEqual({ TableName: 'table', Key: { pk: { S: 'host' } } });
    expect(outcome.value).toEqual({ Attributes: { n: { N: '2' } } });
    expect(outcome.events[2]?.taskScheduledEventDetails).toMatchObject({
      resourceType: 'aws-sdk:dynamodb',
      resource: 'updateItem',
      region: 'us-east-1',
    });
  });

  it('names a modelled error as AWS’s Java SDK would', async () => {
    answers['UpdateItem'] = new AwsError('ConditionalCheckFailedException', 'The conditional request failed');

    const { error, cause } = await states.run(update, { pk: 'host' });

    expect(error).toBe('DynamoDb.ConditionalCheckFailedException');
    expect(cause).toMatch(
      /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: .+\) \(SDK Attempt Count: 1\)$/,
    );
  });

  it.each([
    ['ValidationError', 'AutoScaling.AutoScalingException'],
    ['ResourceContention', 'AutoScaling.ResourceContentionException'],
  ])('names Auto Scaling’s %s', async (code, error) => {
    answers['CompleteLifecycleAction'] = new AwsError(code, 'No active Lifecycle Action found');

    const outcome = await states.run(
      task('aws-sdk:autoscaling:completeLifecycleAction', {
        AutoScalingGroupName: 'group',
        LifecycleHookName: 'hook',
        LifecycleActionResult: 'CONTINUE',
      }),
    );

    expect(outcome.error).toBe(error);
  });

  it('writes dates as text', async () => {
    answers['DescribeAutoScalingGroups'] = { AutoScalingGroups: [{ CreatedTime: new Date(0) }] };

    const { value } = await states.run(task('aws-sdk:autoscaling:describeAutoScalingGroups', {}));

    expect(value).toMatchObject({ AutoScalingGroups: [{ CreatedTime: '1970-01-01T00:00:00.000Z' }] });
  });

  it('spells members with capitals even where the service does not', async () => {
    const child = await states.run({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });

    const { value } = await states.run(
      task('aws-sdk:sfn:startExecution', { StateMachineArn: child.stateMachineArn, Input: { a: 1 } }),
    );

    expect(value).toMatchObject({ ExecutionArn: expect.any(String), StartDate: expect.stringMatching(/Z$/) });
  });

  it('names a refused token', async () => {
    const { error } = await states.run(task('aws-sdk:sfn:sendTaskSuccess', { TaskToken: 'none', Output: {} }));

    expect(error).toBe('Sfn.InvalidTokenException');
  });

  it('is refused by name when nobody plays it', async () => {
    await expect(states.start(task('aws-sdk:dynamodb:flyToTheMoon', {}))).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining('does not play dynamodb:flyToTheMoon at /States/Call/Resource'),
    });
  });
});

describe('an optimized integration', () => {
  it('adds how the exchange went', async () => {
    answers['GetItem'] = { Item: { pk: { S: 'a' } } };

    const { value } = await states.run(task('dynamodb:getItem', { TableName: 'table', Key: { pk: { S: 'a' } } }));

    expect(value).toMatchObject({ Item: { pk: { S: 'a' } }, SdkHttpMetadata: { HttpStatusCode: 200 } });
  });

  it.each([
    ['ResourceNotFoundException', 'DynamoDB.ResourceNotFoundException'],
    ['ValidationException', 'DynamoDB.AmazonDynamoDBException'],
  ])('names %s in its own way', async (code, error) => {
    answers['GetItem'] = new AwsError(code, 'no');

    const outcome = await states.run(task('dynamodb:getItem', { TableName: 'table', Key: {} }));

    expect(outcome.error).toBe(error);
  });

  it('writes a message’s JSON as text', async () => {
    await states.run(task('sqs:sendMessage', { QueueUrl: 'http://queue', MessageBody: { a: 1 } }));

    expect(asked['SendMessage']).toMatchObject({ MessageBody: '{"a":1}' });
  });

  it('fails when the bus refuses an entry', async () => {
    answers['PutEvents'] = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };

    const { error } = await states.run(task('events:putEvents', { Entries: [{ Detail: { a: 1 } }] }));

    expect(error).toBe('EventBridge.FailedEntry');
    expect(asked['PutEvents']).toEqual({ Entries: [{ Detail: '{"a":1}' }] });
  });
});

describe('startExecution', () => {
  const child = (state: object): Promise<{ stateMachineArn?: string | undefined }> =>
    states.run({ StartAt: 'A', States: { A: state } });

  it.each([
    ['.sync:2', { seconds: 1 }, { b: 2 }],
    ['.sync', '{"seconds":1}', '{"b":2}'],
  ])('%s waits for the child', async (suffix, Input, Output) => {
    const { stateMachineArn } = await child({ Type: 'Wait', Seconds: 1, Output: { b: 2 }, End: true });

    const outcome = await states.run(
      task(`states:startExecution${suffix}`, { StateMachineArn: stateMachineArn, Input: { seconds: 1 } }),
    );

    expect(outcome.value).toMatchObject({ Status: 'SUCCEEDED', Input, Output, StateMachineArn: stateMachineArn });
    expect(outcome.events.map(({ type }) => type)).toContain('TaskSubmitted');
  });

  it('.sync:2 stops the child when the parent is stopped', async () => {
    const seconds = '{% $exists($states.input.seconds) ? $states.input.seconds : 0 %}';
    const { stateMachineArn } = await child({ Type: 'Wait', Seconds: seconds, End: true });
    const parentArn = await states.start(
      task('states:startExecution.sync:2', {
        StateMachineArn: stateMachineArn,
        Name: 'child',
        Input: { seconds: 9000 },
      }),
    );
    const childArn = `${stateMachineArn?.replace(':stateMachine:', ':execution:')}:child`;
    await vi.waitUntil(() =>
      states.test.ground.journal.entries.some((entry) => 'executionArn' in entry && entry.executionArn === childArn),
    );
    await states.test.ground.clock.sleep(2000);

    await states.client.send(new StopExecutionCommand({ executionArn: parentArn }));

    expect(await states.finished(childArn)).toMatchObject({ status: 'ABORTED' });
  });

  it('.sync:2 fails as a task when the child fails', async () => {
    const { stateMachineArn } = await child({ Type: 'Fail', Error: 'Broken' });

    const outcome = await states.run(task('states:startExecution.sync:2', { StateMachineArn: stateMachineArn }));

    expect(outcome.error).toBe('States.TaskFailed');
    expect(JSON.parse(outcome.cause ?? '')).toMatchObject({ Status: 'FAILED', Error: 'Broken' });
  });
});
