import { afterAll, beforeAll, expect, it } from 'vitest';
import { FUNCTION_ARN, startStatesGround } from '../states-ground.ts';
import type { StatesGround } from '../states-ground.ts';

let states: StatesGround;
beforeAll(async () => {
  states = await startStatesGround({ speed: 100 });
});
afterAll(() => states.close());

const branch = (name: string, state: object): object => ({
  StartAt: name,
  States: { [name]: { End: true, ...state } },
});
const fail = (name: string): object => ({ StartAt: name, States: { [name]: { Type: 'Fail', Error: 'Broken' } } });
const parallel = (Branches: object[], fields: object = {}, after: object = {}): object => ({
  StartAt: 'Both',
  States: { Both: { Type: 'Parallel', Branches, End: true, ...fields }, ...after },
});

it('waits for all branches and keeps their order', async () => {
  const machine = parallel(
    [
      branch('Slow', { Type: 'Wait', Seconds: 3, Output: 'slow' }),
      branch('Quick', { Type: 'Pass', Output: '{% $states.input %}' }),
    ],
    { Arguments: { a: 1 } },
  );

  const outcome = await states.run(machine);

  expect(outcome.value).toEqual(['slow', { a: 1 }]);
  expect(outcome.course).toEqual([
    '1 <- 0 ExecutionStarted',
    '2 <- 0 ParallelStateEntered Both',
    '3 <- 2 ParallelStateStarted',
    '4 <- 3 WaitStateEntered Slow',
    '5 <- 3 PassStateEntered Quick',
    '6 <- 5 PassStateExited Quick',
    '7 <- 4 WaitStateExited Slow',
    '8 <- 7 ParallelStateSucceeded',
    '9 <- 7 ParallelStateExited Both',
    '10 <- 9 ExecutionSucceeded',
  ]);
});

it('lets branches read the variables around them, and forgets theirs', async () => {
  const States = {
    Set: { Type: 'Pass', Assign: { x: 1 }, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [branch('In', { Type: 'Pass', Assign: { inner: 2 }, Output: '{% $x %}' })],
      Next: 'After',
    },
    After: { Type: 'Pass', Output: { result: '{% $states.input %}', forgotten: '{% $exists($inner) %}' }, End: true },
  };

  const { value } = await states.run({ StartAt: 'Set', States });

  expect(value).toEqual({ result: [1], forgotten: false });
});

it('ends the other branches when one fails', async () => {
  const machine = parallel([branch('Long', { Type: 'Wait', Seconds: 9000 }), fail('Broken')]);

  const outcome = await states.run(machine);

  expect(outcome).toMatchObject({ status: 'FAILED', error: 'Broken' });
  expect(outcome.course.slice(3)).toEqual([
    '4 <- 3 WaitStateEntered Long',
    '5 <- 3 FailStateEntered Broken',
    '6 <- 5 WaitStateAborted',
    '7 <- 5 ParallelStateFailed',
    '8 <- 7 ExecutionFailed',
  ]);
});

it('notes a task that failed as aborted too, as AWS does', async () => {
  states.functions['work'] = () => {
    throw new Error('no');
  };
  const task = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: `${FUNCTION_ARN}work` },
  };
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Handle', Output: '{% $states.errorOutput.Error %}' }];

  const outcome = await states.run(
    parallel([branch('Work', task)], { Catch }, { Handle: { Type: 'Pass', End: true } }),
  );

  expect(outcome.value).toBe('Error');
  expect(outcome.course.slice(6, 10)).toEqual([
    '7 <- 6 TaskFailed',
    '8 <- 7 TaskStateAborted',
    '9 <- 7 ParallelStateFailed',
    '10 <- 9 ParallelStateExited Both',
  ]);
});

it('runs every branch again with Retry', async () => {
  const machine = parallel([fail('Broken')], { Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }] });

  const outcome = await states.run(machine);

  expect(outcome.course.slice(2)).toEqual([
    '3 <- 2 ParallelStateStarted',
    '4 <- 3 FailStateEntered Broken',
    '5 <- 4 ParallelStateStarted',
    '6 <- 5 FailStateEntered Broken',
    '7 <- 6 ParallelStateFailed',
    '8 <- 7 ExecutionFailed',
  ]);
});

it('passes a failure up through Parallels inside Parallels', async () => {
  const inner = branch('Inner', {
    Type: 'Parallel',
    Branches: [fail('Broken'), branch('Long', { Type: 'Wait', Seconds: 9000 })],
  });

  const outcome = await states.run(parallel([inner, branch('Longer', { Type: 'Wait', Seconds: 9000 })]));

  expect(outcome).toMatchObject({ status: 'FAILED', error: 'Broken' });
});
