import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Properties } from '../../../rehearsal/cloudformation/resource-type.ts';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { startLambdaGround, type LambdaGround } from './lambda-ground.ts';

let cloud: LambdaGround;
let sqs: SQSClient;
beforeAll(async () => {
  cloud = await startLambdaGround({ speed: 60, beside: (ground) => [createStoragePart(ground)] });
  sqs = new SQSClient(cloud.client);
});
afterAll(async () => {
  sqs.destroy();
  await cloud.close();
});

const REPORTS_FAILURES = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const WRITES_BODIES = `for (const { body, attributes } of event.Records) console.log('took ' + body + ' ' + attributes.ApproximateReceiveCount);`;

/** A queue that feeds a function. */
async function fedFunction(name: string, source: string, properties: Properties = {}): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: '60' } }),
  );
  await cloud.addFunction(name, source);
  await cloud.provision(
    'AWS::Lambda::EventSourceMapping',
    { FunctionName: name, EventSourceArn: `arn:aws:sqs:us-east-1:123456789012:${name}`, ...properties },
    `${name}Mapping`,
  );
  return QueueUrl;
}

const send = (QueueUrl: string, ...bodies: string[]) =>
  sqs.send(
    new SendMessageBatchCommand({ QueueUrl, Entries: bodies.map((MessageBody, n) => ({ Id: `m${n}`, MessageBody })) }),
  );

/** What the function wrote of the messages it took: `<body> <receive count>`. */
const taken = (name: string): string[] => cloud.logLines(name).flatMap((line) => /took (.*)/.exec(line)?.[1] ?? []);

async function messagesLeft(QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes ?? {};
  return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
}

const eventually = { timeout: 10_000, interval: 20 };

describe('an event source mapping', () => {
  it('hands messages to the function and deletes them', async () => {
    const queueUrl = await fedFunction('plain', `exports.handler = async (event) => { ${WRITES_BODIES} };`);

    await send(queueUrl, 'a', 'b');

    await vi.waitFor(() => expect(taken('plain').sort()).toEqual(['a 1', 'b 1']), eventually);
    await vi.waitFor(async () => expect(await messagesLeft(queueUrl)).toBe(0), eventually);
  });

  it('gives records the form that Lambda documents', async () => {
    const queueUrl = await fedFunction(
      'formal',
      `exports.handler = async (event) => { console.log('took ' + JSON.stringify(event.Records[0])); };`,
    );
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'test' } };

    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'hello', MessageAttributes }));

    await vi.waitFor(() => expect(taken('formal')).toHaveLength(1), eventually);
    expect(JSON.parse(taken('formal')[0] ?? '')).toMatchObject({
      messageId: expect.stringMatching(/^[\w-]{36}$/) as string,
      receiptHandle: expect.any(String) as string,
      body: 'hello',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) as string },
      messageAttributes: { kind: { stringValue: 'test', dataType: 'String' } },
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:formal',
      awsRegion: 'us-east-1',
    });
  });

  it('returns only the failed messages to the queue', async () => {
    const source = `exports.handler = async (event) => { ${WRITES_BODIES}
      return { batchItemFailures: event.Records.filter((r) => r.body === 'bad' && r.attributes.ApproximateReceiveCount === '1')
        .map((r) => ({ itemIdentifier: r.messageId })) }; };`;
    const queueUrl = await fedFunction('partial', source, REPORTS_FAILURES);

    await send(queueUrl, 'good', 'bad');

    await vi.waitFor(() => expect(taken('partial').sort()).toEqual(['bad 1', 'bad 2', 'good 1']), eventually);
    await vi.waitFor(async () => expect(await messagesLeft(queueUrl)).toBe(0), eventually);
  });

  it('returns the whole batch when the function fails', async () => {
    const source = `exports.handler = async (event) => { ${WRITES_BODIES}
      if (event.Records[0].attributes.ApproximateReceiveCount === '1') throw new Error('not yet'); };`;
    const queueUrl = await fedFunction('reluctant', source);

    await send(queueUrl, 'a');

    await vi.waitFor(() => expect(taken('reluctant')).toEqual(['a 1', 'a 2']), eventually);
  });

  it('waits for its window to fill a batch', async () => {
    const source = `exports.handler = async (event) => { console.log('took ' + event.Records.length); };`;
    const queueUrl = await fedFunction('patient', source, { BatchSize: 100, MaximumBatchingWindowInSeconds: 20 });

    await send(queueUrl, 'a');
    await send(queueUrl, 'b');

    await vi.waitFor(() => expect(taken('patient')).toEqual(['2']), eventually);
  });

  it('takes nothing while it is disabled', async () => {
    await fedFunction('disabled', `exports.handler = async () => {};`, { Enabled: 'false' });

    const listed = await cloud.lambda.send(new ListEventSourceMappingsCommand({ FunctionName: 'disabled' }));

    expect(listed.EventSourceMappings).toMatchObject([{ State: 'Disabled', BatchSize: 10 }]);
  });

  it('refuses a source that it cannot play', async () => {
    const arn = 'arn:aws:kinesis:us-east-1:123456789012:stream/x';

    const provisioned = cloud.provision('AWS::Lambda::EventSourceMapping', {
      FunctionName: 'plain',
      EventSourceArn: arn,
    });

    await expect(provisioned).rejects.toThrow('SQS event sources only');
  });
});
