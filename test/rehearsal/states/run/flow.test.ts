import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStatesGround } from '../states-ground.ts';
import type { StatesGround } from '../states-ground.ts';

let states: StatesGround;
beforeAll(async () => {
  states = await startStatesGround({ speed: 1000 });
});
afterAll(() => states.close());

const only = (state: object): object => ({ StartAt: 'Only', States: { Only: state } });

describe('data between states', () => {
  it('passes input on where a state says nothing', async () => {
    expect(await states.run(only({ Type: 'Pass', End: true }), { a: 1 })).toMatchObject({ value: { a: 1 } });
  });

  it('keeps variables, which Output does not see in the state that assigns them', async () => {
    const States = {
      First: { Type: 'Pass', Assign: { x: 1 }, Next: 'Second' },
      Second: { Type: 'Pass', Assign: { x: 2, y: '{% $x %}' }, Output: { x: '{% $x %}' }, Next: 'Third' },
      Third: { Type: 'Pass', Output: { x: '{% $x %}', y: '{% $y %}', second: '{% $states.input.x %}' }, End: true },
    };

    const outcome = await states.run({ StartAt: 'First', States });

    expect(outcome.value).toEqual({ x: 2, y: 1, second: 1 });
    expect(outcome.events[4]?.stateExitedEventDetails?.assignedVariables).toEqual({ x: '2', y: '1' });
  });

  it('knows the execution, the machine and the state by the context object', async () => {
    const { value, executionArn, name } = await states.run(
      only({ Type: 'Pass', Output: '{% $states.context %}', End: true }),
    );

    expect(value).toMatchObject({
      Execution: { Id: executionArn, Name: name, Input: {}, RedriveCount: 0 },
      StateMachine: { Id: expect.stringContaining(':stateMachine:') },
      State: { Name: 'Only', EnteredTime: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
  });

  it('fails with the expression and the state when a value is missing', async () => {
    const outcome = await states.run(only({ Type: 'Pass', Output: { result: '{% $doesNotExist %}' }, End: true }));

    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'Only' (entered at the event id #2). The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).",
    });
    expect(outcome.course).toEqual([
      '1 <- 0 ExecutionStarted',
      '2 <- 0 PassStateEntered Only',
      '3 <- 0 EvaluationFailed',
      '4 <- 3 ExecutionFailed',
    ]);
    expect(outcome.events[2]?.evaluationFailedEventDetails).toMatchObject({ location: 'Output/result', state: 'Only' });
  });

  it('fails a state whose output is larger than 256 KiB', async () => {
    const outcome = await states.run(only({ Type: 'Pass', Output: "{% $pad('x', 262145) %}", End: true }));

    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('Choice', () => {
  const choice = (Default?: string): object => ({
    StartAt: 'Choose',
    States: {
      Choose: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.n > 10 %}', Next: 'Big', Assign: { how: 'big' } },
          { Condition: '{% $states.input.n > 5 %}', Next: 'Big', Output: { n: 'medium' }, Assign: { how: 'medium' } },
        ],
        ...(Default && { Default, Assign: { how: 'small' } }),
      },
      Big: { Type: 'Pass', Output: { how: '{% $how %}', n: '{% $states.input.n %}' }, End: true },
    },
  });

  it.each([
    [20, { how: 'big', n: 20 }],
    [7, { how: 'medium', n: 'medium' }],
    [1, { how: 'small', n: 1 }],
  ])('goes where %i leads, with the data of that way', async (n, value) => {
    expect(await states.run(choice('Big'), { n })).toMatchObject({ value });
  });

  it('fails where nothing matches and there is no Default', async () => {
    expect(await states.run(choice(), { n: 1 })).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });

  it('wants a boolean', async () => {
    const machine = {
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [{ Condition: "{% 'yes' %}", Next: 'End' }], Default: 'End' },
        End: { Type: 'Succeed' },
      },
    };

    const { cause } = await states.run(machine);

    expect(cause).toContain("Expected 'boolean', but was 'string' for value: \"yes\"");
  });
});

describe('Wait', () => {
  it('waits rehearsed seconds', async () => {
    const { startDate, stopDate } = await states.run(
      only({ Type: 'Wait', Seconds: '{% $states.input.s %}', End: true }),
      { s: 60 },
    );

    const seconds = (Number(stopDate) - Number(startDate)) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(60);
    expect(seconds).toBeLessThan(300);
  });

  it('passes at once when the moment is over', async () => {
    const outcome = await states.run(only({ Type: 'Wait', Timestamp: '2016-03-14T01:59:00Z', End: true }));

    expect(outcome.course).toEqual([
      '1 <- 0 ExecutionStarted',
      '2 <- 0 WaitStateEntered Only',
      '3 <- 2 WaitStateExited Only',
      '4 <- 3 ExecutionSucceeded',
    ]);
  });

  it.each(['2016-12-05 21:29:29Z', '2016-12-05T21:29:29', '2016-13-05T21:29:29Z'])(
    'does not take %s for a moment',
    async (at) => {
      const { error, cause } = await states.run(
        only({ Type: 'Wait', Timestamp: '{% $states.input %}', End: true }),
        at,
      );

      expect(error).toBe('States.QueryEvaluationError');
      expect(cause).toContain(`cannot be parsed as an ISO-8601 extended offset date-time format string: ${at}`);
    },
  );
});

describe('the end', () => {
  it('fails with the words of a Fail state, which has no exit', async () => {
    const machine = only({ Type: 'Fail', Error: "{% 'Bad' & 'Luck' %}", Cause: 'it rained' });

    const outcome = await states.run(machine);

    expect(outcome).toMatchObject({ status: 'FAILED', error: 'BadLuck', cause: 'it rained' });
    expect(outcome.course.at(-1)).toBe('3 <- 2 ExecutionFailed');
  });

  it('times out as a whole', async () => {
    const outcome = await states.run({ TimeoutSeconds: 20, ...only({ Type: 'Wait', Seconds: 9000, End: true }) });

    expect(outcome.status).toBe('TIMED_OUT');
    expect(outcome.events.at(-1)?.type).toBe('ExecutionTimedOut');
  });

  it('ends after 25,000 events, however well it goes', async () => {
    const States = { Tick: { Type: 'Pass', Next: 'Tock' }, Tock: { Type: 'Pass', Next: 'Tick' } };

    const outcome = await states.run({ StartAt: 'Tick', States });

    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(outcome.events).toHaveLength(25_000);
  });
});
