import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_ARN, Refusal, startStatesGround } from '../states-ground.ts';
import type { StatesGround } from '../states-ground.ts';

let states: StatesGround;
beforeAll(async () => {
  states = await startStatesGround({ speed: 100 });
});
afterAll(() => states.close());

const invoke = (fields: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: `${FUNCTION_ARN}work`, Payload: '{% $states.input %}' },
  End: true,
  ...fields,
});

const machine = (task: object, after: object = {}): object => ({ StartAt: 'Work', States: { Work: task, ...after } });

/** Fails with each of the errors in turn, then succeeds. */
function failing(...errors: Error[]): void {
  states.functions['work'] = () => {
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  };
}

const named = (name: string): Error => Object.assign(new Error('no'), { name });

describe('a function that is invoked', () => {
  it('gives its payload, the version that ran and the HTTP exchange', async () => {
    states.functions['work'] = (payload) => ({ got: payload });

    const outcome = await states.run(machine(invoke()), { a: 1 });

    expect(outcome.value).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: { got: { a: 1 } },
      SdkHttpMetadata: { HttpStatusCode: 200 },
      StatusCode: 200,
    });
    expect(outcome.course).toEqual([
      '1 <- 0 ExecutionStarted',
      '2 <- 0 TaskStateEntered Work',
      '3 <- 2 TaskScheduled',
      '4 <- 3 TaskStarted',
      '5 <- 4 TaskSucceeded',
      '6 <- 5 TaskStateExited Work',
      '7 <- 6 ExecutionSucceeded',
    ]);
  });

  it('is called by the machine itself, as its role', async () => {
    let caller = '';
    states.functions['work'] = (_, request) => {
      caller = request.caller.roleArn ?? '';
    };

    await states.run(machine(invoke()));

    expect(caller).toBe('arn:aws:iam::123456789012:role/machine');
  });

  it('fails with its own error, and the whole payload as the cause', async () => {
    failing(named('TooLate'));

    const outcome = await states.run(machine(invoke()));

    expect(outcome).toMatchObject({ status: 'FAILED', error: 'TooLate' });
    expect(JSON.parse(outcome.cause ?? '')).toMatchObject({ errorType: 'TooLate', errorMessage: 'no' });
  });

  it('fails with Lambda’s error when Lambda refuses', async () => {
    failing(new Refusal('TooManyRequestsException'));

    const { error, cause } = await states.run(machine(invoke()));

    expect(error).toBe('Lambda.TooManyRequestsException');
    expect(cause).toMatch(
      /^Rate Exceeded\. \(Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException;/,
    );
  });

  it('has a course of its own when it is named by its ARN', async () => {
    states.functions['work'] = () => 'done';

    const outcome = await states.run(machine({ Type: 'Task', Resource: `${FUNCTION_ARN}work`, End: true }));

    expect(outcome.value).toBe('done');
    expect(outcome.course.slice(2, 5)).toEqual([
      '3 <- 2 LambdaFunctionScheduled',
      '4 <- 3 LambdaFunctionStarted',
      '5 <- 4 LambdaFunctionSucceeded',
    ]);
  });
});

describe('Retry', () => {
  it('tries again without a new entry, and pays a transition for it', async () => {
    failing(named('A'), named('A'));
    const retry = [{ ErrorEquals: ['A'], IntervalSeconds: 1 }];

    const outcome = await states.run(
      machine(invoke({ Retry: retry, Output: '{% $states.context.State.RetryCount %}' })),
    );

    expect(outcome.value).toBe(2);
    expect(outcome.course.map((line) => line.split(' ')[3])).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      ...['TaskScheduled', 'TaskStarted', 'TaskFailed'],
      ...['TaskScheduled', 'TaskStarted', 'TaskFailed'],
      ...['TaskScheduled', 'TaskStarted', 'TaskSucceeded'],
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    const paid = states.test.ground.journal.entries.filter(
      (entry) => entry.kind === 'transition' && entry.executionArn === outcome.executionArn,
    );
    expect(paid).toHaveLength(3);
  });
});

describe('Catch', () => {
  const caught = { Handle: { Type: 'Pass', End: true } };

  it('goes on with the error as the output', async () => {
    failing(named('A'));
    const task = invoke({ Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Handle' }] });

    const outcome = await states.run(machine(task, caught));

    expect(outcome).toMatchObject({ status: 'SUCCEEDED', value: { Error: 'A' } });
    expect(outcome.course).toContain('6 <- 5 TaskStateExited Work');
  });

  it('has Output and Assign of its own, which see the error', async () => {
    failing(named('A'));
    const task = invoke({
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Output: { input: '{% $states.input %}' },
          Assign: { why: '{% $states.errorOutput.Error %}' },
          Next: 'Handle',
        },
      ],
    });
    const handle = { Type: 'Pass', Output: '{% $merge([$states.input, {"why": $why}]) %}', End: true };

    const outcome = await states.run(machine(task, { Handle: handle }), { a: 1 });

    expect(outcome.value).toEqual({ input: { a: 1 }, why: 'A' });
  });

  it('catches an expression that gives nothing', async () => {
    const task = invoke({
      Arguments: '{% $states.input.missing %}',
      Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Handle' }],
    });

    expect(await states.run(machine(task, caught))).toMatchObject({ status: 'SUCCEEDED' });
  });
});

it('gives a called function its seconds on the wall, however fast the rehearsal runs', async () => {
  states.functions['work'] = () => new Promise((resolve) => setTimeout(resolve, 100));

  const { status } = await states.run(machine(invoke({ TimeoutSeconds: 5 })));

  expect(status).toBe('SUCCEEDED');
});
