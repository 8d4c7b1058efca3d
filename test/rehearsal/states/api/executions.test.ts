import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStatesGround } from '../states-ground.ts';
import type { StatesGround } from '../states-ground.ts';

let states: StatesGround;
let stateMachineArn: string;
beforeEach(async () => {
  states = await startStatesGround();
  const seconds = '{% $exists($states.input.seconds) ? $states.input.seconds : 0 %}';
  const first = await states.run({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: seconds, End: true } } });
  stateMachineArn = first.stateMachineArn ?? '';
});
afterEach(() => states.close());

const LONG = '{"seconds":9000}';
const start = (fields: object = {}): Promise<{ executionArn?: string; startDate?: Date }> =>
  states.client.send(new StartExecutionCommand({ stateMachineArn, ...fields })) as Promise<{ executionArn?: string }>;
const stop = (executionArn: string | undefined, fields: object = {}): Promise<unknown> =>
  states.client.send(new StopExecutionCommand({ executionArn, ...fields }));

describe('starting', () => {
  it('answers with the running execution for the same name and input', async () => {
    const first = await start({ name: 'launch', input: LONG });

    const second = await start({ name: 'launch', input: LONG });

    expect(second).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
  });

  it('refuses the name of a running execution with another input', async () => {
    const { executionArn } = await start({ name: 'launch', input: LONG });

    await expect(start({ name: 'launch', input: '{"seconds": 9000}' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${executionArn}'`,
    });
  });

  it('refuses the name of a closed execution, whatever its input', async () => {
    const { executionArn } = await start({ name: 'launch' });
    await states.finished(executionArn ?? '');

    await expect(start({ name: 'launch' })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it.each([
    [{ input: 'not json' }, 'InvalidExecutionInput'],
    [{ input: '' }, 'InvalidExecutionInput'],
    [{ input: JSON.stringify('x'.repeat(262_143)) }, 'ValidationException'],
    [{ name: 'a/b' }, 'InvalidName'],
    [{ stateMachineArn: 'nowhere' }, 'InvalidArn'],
    [{ stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:none' }, 'StateMachineDoesNotExist'],
  ])('refuses %o', async (fields, name) => {
    await expect(start(fields)).rejects.toMatchObject({ name });
  });
});

describe('stopping', () => {
  it('aborts at once and says why', async () => {
    const { executionArn } = await start({ input: LONG });

    await stop(executionArn, { error: 'Operator', cause: 'not today' });

    const outcome = await states.finished(executionArn ?? '');
    expect(outcome).toMatchObject({
      status: 'ABORTED',
      error: 'Operator',
      cause: 'not today',
      redriveStatus: 'REDRIVABLE',
    });
    expect(outcome.course.at(-1)).toBe('3 <- 0 ExecutionAborted');
  });

  it('changes nothing on a closed execution', async () => {
    const { executionArn } = await start();
    const { stopDate } = await states.finished(executionArn ?? '');

    expect(await stop(executionArn)).toMatchObject({ stopDate });

    expect(await states.finished(executionArn ?? '')).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('looking', () => {
  it('describes an execution that runs', async () => {
    const { executionArn } = await start({ name: 'launch', input: LONG });

    expect(await states.client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      name: 'launch',
      status: 'RUNNING',
      input: LONG,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
  });

  it('lists executions newest first, by status and a page at a time', async () => {
    await start({ name: 'one', input: LONG });
    await start({ name: 'two', input: LONG });
    const list = (fields: object): Promise<{ executions?: { name?: string }[]; nextToken?: string }> =>
      states.client.send(new ListExecutionsCommand({ stateMachineArn, ...fields })) as Promise<object>;

    const first = await list({ statusFilter: 'RUNNING', maxResults: 1 });
    const second = await list({ statusFilter: 'RUNNING', maxResults: 1, nextToken: first.nextToken });

    expect([first, second].map(({ executions }) => executions?.[0]?.name)).toEqual(['two', 'one']);
    expect(second.nextToken).toBeUndefined();
    expect((await list({ statusFilter: 'SUCCEEDED' })).executions).toHaveLength(1);
  });

  it('refuses a status that does not exist, in AWS’s words', async () => {
    const list = states.client.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'succeeded' as 'SUCCEEDED' }),
    );

    await expect(list).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    });
  });

  it('reads the history backwards, without data, a page at a time', async () => {
    const { executionArn } = await start();
    await states.finished(executionArn ?? '');
    const read = (fields: object): Promise<{ events?: { id?: number }[]; nextToken?: string }> =>
      states.client.send(new GetExecutionHistoryCommand({ executionArn, ...fields })) as Promise<object>;

    const first = await read({ reverseOrder: true, maxResults: 3, includeExecutionData: false });
    const second = await read({ reverseOrder: true, maxResults: 3, nextToken: first.nextToken });

    expect([first, second].map(({ events }) => events?.map(({ id }) => id))).toEqual([[4, 3, 2], [1]]);
    expect(first.events?.[0]).not.toHaveProperty('executionSucceededEventDetails.output');
    expect(second.events?.[0]).toHaveProperty('executionStartedEventDetails.input', '{}');
  });

  it('knows no execution that was never started', async () => {
    const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:machine-1:none';

    await expect(states.client.send(new GetExecutionHistoryCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${executionArn}'`,
    });
  });
});

describe('status changes', () => {
  it('go to EventBridge as AWS sends them', async () => {
    const { executionArn } = await start({ name: 'launch', input: LONG });
    await stop(executionArn, { error: 'Operator' });

    const events = states.test.emitted.filter(({ resources }) => resources[0] === executionArn);
    expect(events.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'ABORTED']);
    expect(events[1]).toMatchObject({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: {
        executionArn,
        stateMachineArn,
        name: 'launch',
        startDate: expect.any(Number),
        stopDate: expect.any(Number),
        input: LONG,
        inputDetails: { included: true },
        output: null,
        outputDetails: null,
        error: 'Operator',
        cause: null,
      },
    });
  });

  it('stand in the journal', async () => {
    const { executionArn } = await start();
    await states.finished(executionArn ?? '');

    const own = states.test.ground.journal.entries.filter(
      (entry) => (entry.kind === 'execution' || entry.kind === 'transition') && entry.executionArn === executionArn,
    );
    expect(own.map((entry) => ('status' in entry ? entry.status : entry.kind))).toEqual([
      'RUNNING',
      'transition',
      'SUCCEEDED',
    ]);
  });
});
