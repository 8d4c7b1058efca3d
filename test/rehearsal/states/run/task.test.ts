import { afterAll, beforeAll, expect, it } from 'vitest';
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

it('tells the course of a function that is invoked, and hands its payload on', async () => {
  states.functions['work'] = (payload) => ({ got: payload });

  const outcome = await states.run({ StartAt: 'Work', States: { Work: invoke({ Output: '{% $states.result.Payload %}' }) } }, { a: 1 });

  expect(outcome).toMatchObject({ status: 'SUCCEEDED', value: { got: { a: 1 } } });
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
