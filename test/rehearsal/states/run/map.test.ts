import { DescribeMapRunCommand, ListExecutionsCommand, ListMapRunsCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStatesGround } from '../states-ground.ts';
import type { StatesGround } from '../states-ground.ts';

let states: StatesGround;
beforeAll(async () => {
  states = await startStatesGround({ speed: 100 });
});
afterAll(() => states.close());

const processor = (state: object, Mode = 'INLINE'): object => ({
  ProcessorConfig: { Mode, ...(Mode === 'DISTRIBUTED' && { ExecutionType: 'STANDARD' }) },
  StartAt: 'Each',
  States: { Each: state },
});
const map = (fields: object, after: object = {}): object => ({
  StartAt: 'Every',
  States: { Every: { Type: 'Map', End: true, ...fields }, ...after },
});

describe('an inline Map', () => {
  it('runs its processor for each item, and keeps their order', async () => {
    const machine = map({
      Items: '{% $states.input.items %}',
      ItemSelector: { index: '{% $states.context.Map.Item.Index %}', item: '{% $states.context.Map.Item.Value %}' },
      ItemProcessor: processor({
        Type: 'Pass',
        Output: '{% $states.input.item & $string($states.input.index) %}',
        End: true,
      }),
    });

    const { value } = await states.run(machine, { items: ['a', 'b', 'c'] });

    expect(value).toEqual(['a0', 'b1', 'c2']);
  });

  it('tells iterations one after the other with MaxConcurrency 1', async () => {
    const machine = map({ MaxConcurrency: 1, ItemProcessor: processor({ Type: 'Pass', End: true }) });

    const outcome = await states.run(machine, [1, 2]);

    expect(outcome.course.slice(1)).toEqual([
      '2 <- 0 MapStateEntered Every',
      '3 <- 2 MapStateStarted',
      '4 <- 3 MapIterationStarted 0',
      '5 <- 4 PassStateEntered Each',
      '6 <- 5 PassStateExited Each',
      '7 <- 6 MapIterationSucceeded 0',
      '8 <- 6 MapIterationStarted 1',
      '9 <- 8 PassStateEntered Each',
      '10 <- 9 PassStateExited Each',
      '11 <- 10 MapIterationSucceeded 1',
      '12 <- 11 MapStateSucceeded',
      '13 <- 11 MapStateExited Every',
      '14 <- 13 ExecutionSucceeded',
    ]);
  });

  it('fails when one iteration fails, and ends the others', async () => {
    const choose = {
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'Break' }], Default: 'Wait' },
        Break: { Type: 'Fail', Error: 'Broken' },
        Wait: { Type: 'Wait', Seconds: 9000, End: true },
      },
    };

    const outcome = await states.run(map({ ItemProcessor: choose }), [1, 2]);

    expect(outcome).toMatchObject({ status: 'FAILED', error: 'Broken' });
    const types = outcome.events.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['MapIterationFailed', 'MapIterationAborted', 'WaitStateAborted', 'MapStateFailed']),
    );
  });

  it('runs again as a whole with Retry', async () => {
    const machine = map({
      ItemProcessor: processor({ Type: 'Fail', Error: 'Broken' }),
      Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }],
    });

    const outcome = await states.run(machine, [1]);

    expect(outcome.course.slice(2)).toEqual([
      '3 <- 2 MapStateStarted',
      '4 <- 3 MapIterationStarted 0',
      '5 <- 4 FailStateEntered Each',
      '6 <- 5 MapIterationFailed 0',
      '7 <- 5 MapStateStarted',
      '8 <- 7 MapIterationStarted 0',
      '9 <- 8 FailStateEntered Each',
      '10 <- 9 MapIterationFailed 0',
      '11 <- 9 MapStateFailed',
      '12 <- 11 ExecutionFailed',
    ]);
  });

  it('wants an array', async () => {
    const machine = map({ Items: "{% 'string' %}", ItemProcessor: processor({ Type: 'Pass', End: true }) });

    const { cause } = await states.run(machine);

    expect(cause).toBe(
      "An error occurred while executing the state 'Every' (entered at the event id #2). The JSONata expression ''string'' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'string' for value: \"string\"",
    );
  });
});

describe('a distributed Map', () => {
  const odd = {
    Type: 'Choice',
    Choices: [{ Condition: '{% $states.input % 2 = 1 %}', Next: 'Break' }],
    Default: 'Keep',
  };
  const some = (fields: object): object =>
    map({
      ...fields,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Each',
        States: { Each: odd, Break: { Type: 'Fail', Error: 'Odd' }, Keep: { Type: 'Succeed' } },
      },
    });

  it('runs an execution of its own for each item', async () => {
    const outcome = await states.run(some({ MaxConcurrency: 2 }), [2, 4, 6]);

    expect(outcome.value).toEqual([2, 4, 6]);
    const { mapRuns } = await states.client.send(new ListMapRunsCommand({ executionArn: outcome.executionArn }));
    const mapRunArn = mapRuns?.[0]?.mapRunArn;
    const { executions } = await states.client.send(new ListExecutionsCommand({ mapRunArn }));
    expect(executions).toHaveLength(3);
    expect(await states.client.send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { total: 3, succeeded: 3, failed: 0 },
    });
  });

  it('fails at the first failure that it does not tolerate', async () => {
    const outcome = await states.run(some({}), [1, 2]);

    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(outcome.course.slice(3, 6)).toEqual([
      '4 <- 3 MapRunStarted',
      '5 <- 4 MapRunFailed',
      '6 <- 5 MapStateFailed',
    ]);
  });

  it.each([
    [{ ToleratedFailureCount: 1 }, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 50 }, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 10 }, 'FAILED'],
  ])('with %o and one failure of two it has %s', async (tolerance, status) => {
    expect(await states.run(some(tolerance), [1, 2])).toMatchObject({ status });
  });
});
