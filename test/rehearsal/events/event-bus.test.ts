import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventsPart } from '../../../rehearsal/events/create-events-part.ts';
import type { BusEvent } from '../../../rehearsal/part.ts';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { startTestGround, type TestGround } from '../ground.ts';

let test: TestGround;
let emit: (event: BusEvent) => void;
let eventBridge: EventBridgeClient;
let sqs: SQSClient;
beforeAll(async () => {
  test = await startTestGround(
    (ground) => {
      const part = createEventsPart(ground);
      emit = part.emit;
      return [part, createStoragePart(ground)];
    },
    { speed: 60 },
  );
  eventBridge = new EventBridgeClient(test.client);
  sqs = new SQSClient(test.client);
});
afterAll(async () => {
  eventBridge.destroy();
  sqs.destroy();
  await test.close();
});

async function queue(QueueName: string): Promise<{ arn: string; receive(): Promise<Message | undefined> }> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10, MessageAttributeNames: ['All'] });
  return {
    arn: `arn:aws:sqs:us-east-1:123456789012:${QueueName}`,
    receive: async () => (await sqs.send(receive)).Messages?.[0],
  };
}

describe('the default event bus', () => {
  it('brings what the cloud emits to the targets of matching rules', async () => {
    const failures = await queue('failures');
    await test.provision('AWS::Events::Rule', {
      Name: 'dead-executions',
      EventPattern: { source: ['aws.states'], detail: { status: ['FAILED', 'TIMED_OUT'] } },
      Targets: [{ Id: 'queue', Arn: failures.arn }],
    });
    const event = { source: 'aws.states', 'detail-type': 'Change', resources: ['arn:x'] };

    emit({ ...event, detail: { status: 'SUCCEEDED' } });
    emit({ ...event, detail: { status: 'FAILED' } });

    const received = JSON.parse((await failures.receive())?.Body ?? '') as Record<string, unknown>;
    expect(received).toMatchObject({
      ...event,
      version: '0',
      account: '123456789012',
      region: 'us-east-1',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      detail: { status: 'FAILED' },
    });
  });

  it('takes events from clients, each by itself', async () => {
    const orders = await queue('orders');
    await test.provision('AWS::Events::Rule', {
      Name: 'orders',
      EventPattern: { source: ['shop'] },
      Targets: [{ Id: 'queue', Arn: orders.arn, InputPath: '$.detail.id' }],
    });

    const { FailedEntryCount, Entries } = await eventBridge.send(
      new PutEventsCommand({
        Entries: [
          { Source: 'shop', DetailType: 'order', Detail: '{"id":"o-1"}' },
          { Source: 'shop', DetailType: 'order', Detail: 'no JSON' },
        ],
      }),
    );

    expect([FailedEntryCount, Entries?.[1]?.ErrorCode]).toEqual([1, 'MalformedDetail']);
    expect((await orders.receive())?.Body).toBe('"o-1"');
  });

  it('sends what cannot be delivered to the dead-letter queue', async () => {
    const dead = await queue('dead');
    const missing = 'arn:aws:sqs:us-east-1:123456789012:missing';
    await test.provision('AWS::Events::Rule', {
      Name: 'undeliverable',
      EventPattern: { source: ['lost'] },
      Targets: [{ Id: 'queue', Arn: missing, DeadLetterConfig: { Arn: dead.arn } }],
    });

    emit({ source: 'lost', 'detail-type': 'x', resources: [], detail: { n: 1 } });

    const message = await dead.receive();
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({ detail: { n: 1 } });
    expect(message?.MessageAttributes?.['TARGET_ARN']?.StringValue).toBe(missing);
    expect(test.ground.journal.entries.some((entry) => entry.kind === 'warning')).toBe(true);
  });

  it('keeps schedules in rehearsed time', async () => {
    const ticks = await queue('ticks');
    await test.provision('AWS::Events::Rule', {
      Name: 'every-minute',
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Id: 'queue', Arn: ticks.arn }],
    });

    const tick = JSON.parse((await ticks.receive())?.Body ?? '') as object;

    expect(tick).toMatchObject({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
  });

  it('shows its rules and their targets', async () => {
    await test.provision('AWS::Events::Rule', {
      Name: 'shown',
      State: 'DISABLED',
      EventPattern: '{"source":["a"]}',
      Targets: [{ Id: 't', Arn: 'arn:aws:sqs:us-east-1:123456789012:x' }],
    });

    const { Rules } = await eventBridge.send(new ListRulesCommand({ NamePrefix: 'sho' }));
    const described = await eventBridge.send(new DescribeRuleCommand({ Name: 'shown' }));
    const { Targets } = await eventBridge.send(new ListTargetsByRuleCommand({ Rule: 'shown' }));

    expect(Rules).toMatchObject([{ Name: 'shown', State: 'DISABLED', EventPattern: '{"source":["a"]}' }]);
    expect(described.Arn).toBe('arn:aws:events:us-east-1:123456789012:rule/shown');
    expect(Targets).toMatchObject([{ Id: 't' }]);
  });

  it('knows no rule that is not there', async () => {
    const described = eventBridge.send(new DescribeRuleCommand({ Name: 'nothing' }));

    await expect(described).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
