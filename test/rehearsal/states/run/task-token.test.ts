import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FUNCTION_ARN, startStatesGround } from '../states-ground.ts';
import type { StatesGround } from '../states-ground.ts';

let states: StatesGround;
let tokens: string[];
let handedOut: Promise<string>;
beforeAll(async () => {
  states = await startStatesGround({ speed: 100 });
});
beforeEach(() => {
  tokens = [];
  handedOut = new Promise((resolve) => {
    states.functions['work'] = ({ token }: { token: string }) => {
      tokens.push(token);
      setTimeout(() => {
        resolve(token);
      }, 20);
    };
  });
});
afterAll(() => states.close());

const waiting = (fields: object = {}, after: object = {}): object => ({
  StartAt: 'Work',
  States: {
    Work: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: `${FUNCTION_ARN}work`, Payload: { token: '{% $states.context.Task.Token %}' } },
      End: true,
      ...fields,
    },
    ...after,
  },
});

describe('a task that waits for its token', () => {
  it('ends with the output that comes with the token', async () => {
    const arn = await states.start(waiting());
    const taskToken = await handedOut;

    await states.client.send(new SendTaskSuccessCommand({ taskToken, output: '{"ok": true}' }));

    const outcome = await states.finished(arn);
    expect(outcome.value).toEqual({ ok: true });
    expect(outcome.course.slice(2, 6)).toEqual([
      '3 <- 2 TaskScheduled',
      '4 <- 3 TaskStarted',
      '5 <- 4 TaskSubmitted',
      '6 <- 5 TaskSucceeded',
    ]);
  });

  it('ends although the token comes back before the call that handed it out', async () => {
    states.functions['work'] = ({ token: taskToken }: { token: string }) =>
      states.client.send(new SendTaskSuccessCommand({ taskToken, output: '1' })).then(() => 'late');

    expect(await states.run(waiting())).toMatchObject({ status: 'SUCCEEDED', value: 1 });
  });

  it('fails with the error that comes with the token', async () => {
    const arn = await states.start(waiting());
    const taskToken = await handedOut;

    await states.client.send(new SendTaskFailureCommand({ taskToken, error: 'ScriptFailed', cause: 'exit 1' }));

    expect(await states.finished(arn)).toMatchObject({ status: 'FAILED', error: 'ScriptFailed', cause: 'exit 1' });
  });

  it('gets a new token for each attempt', async () => {
    const arn = await states.start(
      waiting({ TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] }),
    );

    await states.finished(arn);

    expect(new Set(tokens).size).toBe(2);
  });

  it('times out', async () => {
    const outcome = await states.run(waiting({ TimeoutSeconds: '{% 2 + 3 %}' }));

    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(outcome.events[2]?.taskScheduledEventDetails?.timeoutInSeconds).toBe(5);
    expect(outcome.events[5]?.taskTimedOutEventDetails).toMatchObject({
      error: 'States.Timeout',
      resourceType: 'lambda',
    });
  });

  it('is caught as States.HeartbeatTimeout when it falls silent', async () => {
    const task = {
      TimeoutSeconds: 9000,
      HeartbeatSeconds: 5,
      Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Handle' }],
    };

    const outcome = await states.run(waiting(task, { Handle: { Type: 'Pass', End: true } }));

    expect(outcome).toMatchObject({ status: 'SUCCEEDED', value: { Error: 'States.HeartbeatTimeout' } });
  });

  it('lives as long as heartbeats come, and the history does not show them', async () => {
    const arn = await states.start(waiting({ HeartbeatSeconds: 20 }));
    const taskToken = await handedOut;
    for (let beats = 0; beats < 4; beats += 1) {
      await states.test.ground.clock.sleep(10_000);
      await states.client.send(new SendTaskHeartbeatCommand({ taskToken }));
    }

    await states.client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));

    const outcome = await states.finished(arn);
    expect(outcome.status).toBe('SUCCEEDED');
    expect(outcome.course).toHaveLength(8);
  });
});

describe('a token', () => {
  const success = (taskToken: string, output = '{}'): Promise<unknown> =>
    states.client.send(new SendTaskSuccessCommand({ taskToken, output }));

  it('serves once', async () => {
    await states.start(waiting());
    const taskToken = await handedOut;

    await success(taskToken);

    await expect(success(taskToken)).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('is void once its execution has ended', async () => {
    const executionArn = await states.start(waiting());
    const taskToken = await handedOut;

    await states.client.send(new StopExecutionCommand({ executionArn }));

    await expect(success(taskToken)).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('wants JSON with it', async () => {
    await states.start(waiting());
    const taskToken = await handedOut;

    await expect(success(taskToken, 'not json')).rejects.toMatchObject({ name: 'InvalidOutput' });
  });

  it('that is none is refused', async () => {
    await expect(success('NoSuchTaskToken')).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('of another cloud of the same account and Region is unknown', async () => {
    const elsewhere = await startStatesGround();
    elsewhere.functions['work'] = (payload) => states.functions['work']?.(payload, {} as never);
    await elsewhere.start(waiting());
    const taskToken = await handedOut;

    await expect(success(taskToken)).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
    await elsewhere.close();
  });
});
