import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogsPart } from '../../../rehearsal/logs/create-logs-part.ts';
import type { LogStore } from '../../../rehearsal/logs/log-store.ts';
import { startTestGround, type TestGround } from '../ground.ts';

const GROUP = '/aws/lambda/orchestrator';

let test: TestGround;
let logs: CloudWatchLogsClient;
let store: LogStore;
beforeEach(async () => {
  test = await startTestGround((ground) => {
    const part = createLogsPart(ground);
    store = part.store;
    return [part];
  });
  logs = new CloudWatchLogsClient(test.client);
});
afterEach(async () => {
  logs.destroy();
  await test.close();
});

describe('logs', () => {
  it('keep what functions write, by group and stream', async () => {
    store.append(GROUP, 'one', 'first', 1000);
    store.append(GROUP, 'two', 'second', 2000);

    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }));

    expect(events?.map(({ logStreamName, message, timestamp }) => [logStreamName, message, timestamp])).toEqual([
      ['one', 'first', 1000],
      ['two', 'second', 2000],
    ]);
  });

  it('can be filtered by pattern, time and stream', async () => {
    store.append(GROUP, 'one', '{"level":"INFO","deploymentId":"d-1"}', 1000);
    store.append(GROUP, 'one', '{"level":"ERROR","deploymentId":"d-2"}', 2000);
    store.append(GROUP, 'two', '{"level":"ERROR","deploymentId":"d-3"}', 3000);

    const filter = { logGroupName: GROUP, filterPattern: '{ $.level = "ERROR" }' };
    const errors = await logs.send(new FilterLogEventsCommand(filter));
    const early = await logs.send(new FilterLogEventsCommand({ ...filter, endTime: 3000 }));
    const second = await logs.send(new FilterLogEventsCommand({ ...filter, logStreamNames: ['two'] }));

    expect([errors, early, second].map(({ events }) => events?.map(({ timestamp }) => timestamp))).toEqual([
      [2000, 3000],
      [2000],
      [3000],
    ]);
  });

  it('come in pages', async () => {
    for (const n of [1, 2, 3]) store.append(GROUP, 'one', `line ${n}`, n);

    const first = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, limit: 2 }));
    const { nextToken } = first;
    const last = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, limit: 2, nextToken }));

    expect(first.events?.map(({ message }) => message)).toEqual(['line 1', 'line 2']);
    expect(last.events?.map(({ message }) => message)).toEqual(['line 3']);
    expect(last.nextToken).toBeUndefined();
  });

  it('show the end of a stream, and lead backwards from there', async () => {
    for (const n of [1, 2, 3]) store.append(GROUP, 'one', `line ${n}`, n);
    const stream = { logGroupName: GROUP, logStreamName: 'one', limit: 2 };

    const end = await logs.send(new GetLogEventsCommand(stream));
    const before = await logs.send(new GetLogEventsCommand({ ...stream, nextToken: end.nextBackwardToken }));

    expect(end.events?.map(({ message }) => message)).toEqual(['line 2', 'line 3']);
    expect(before.events?.[0]?.message).toBe('line 1');
  });

  it('take events from clients', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/app' }));
    await logs.send(new CreateLogStreamCommand({ logGroupName: '/app', logStreamName: 'a' }));
    const logEvents = [{ timestamp: 5, message: 'hello' }];
    await logs.send(new PutLogEventsCommand({ logGroupName: '/app', logStreamName: 'a', logEvents }));

    const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/app' }));

    expect(logStreams).toMatchObject([{ logStreamName: 'a', firstEventTimestamp: 5, lastEventTimestamp: 5 }]);
  });

  it('are kept as long as the template says', async () => {
    const { attributes } = await test.provision('AWS::Logs::LogGroup', { LogGroupName: GROUP, RetentionInDays: 30 });

    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda' }));

    expect(attributes).toEqual({ Arn: `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}:*` });
    expect(logGroups).toMatchObject([{ logGroupName: GROUP, retentionInDays: 30 }]);
  });

  it('know no group that is not there', async () => {
    const filtered = logs.send(new FilterLogEventsCommand({ logGroupName: '/nowhere' }));

    await expect(filtered).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
  });

  it('call a malformed input by its name', async () => {
    const described = logs.send(new DescribeLogStreamsCommand({ logGroupName: GROUP, orderBy: 'Size' as never }));

    await expect(described).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
