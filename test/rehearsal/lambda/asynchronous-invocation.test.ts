import { InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { startLambdaGround, type LambdaGround } from './lambda-ground.ts';

let cloud: LambdaGround;
let sqs: SQSClient;
beforeAll(async () => {
  cloud = await startLambdaGround({ speed: 600, beside: (ground) => [createStoragePart(ground)] });
  sqs = new SQSClient(cloud.client);
});
afterAll(async () => {
  sqs.destroy();
  await cloud.close();
});

const invokeEvent = (FunctionName: string, event: unknown) =>
  cloud.lambda.send(
    new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) }),
  );

const runsOf = (name: string) =>
  cloud.ground.journal.entries.filter((entry) => entry.kind === 'invocation' && entry.functionName === name);

async function queue(QueueName: string): Promise<{ arn: string; receive(): Promise<string> }> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  return {
    arn: `arn:aws:sqs:us-east-1:123456789012:${QueueName}`,
    async receive() {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
      return Messages?.[0]?.Body ?? '';
    },
  };
}

const FAILS = `exports.handler = async () => { throw new Error('always'); };`;

describe('an asynchronous invocation', () => {
  it('is accepted before it runs', async () => {
    await cloud.addFunction('worker', `exports.handler = async () => 'done';`);

    const { StatusCode } = await invokeEvent('worker', {});

    expect(StatusCode).toBe(202);
    await vi.waitFor(() => expect(runsOf('worker')).toHaveLength(1));
  });

  it('is tried again after one and after two minutes', async () => {
    await cloud.addFunction('stubborn', FAILS);

    await invokeEvent('stubborn', {});

    await vi.waitFor(() => expect(runsOf('stubborn')).toHaveLength(3), 5000);
    const [first, second, third] = runsOf('stubborn').map(({ at }) => at);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(60_000);
    expect(Number(third) - Number(second)).toBeGreaterThanOrEqual(120_000);
  });

  it('that stays failed is reported to its destination', async () => {
    const failures = await queue('failures');
    const functionArn = await cloud.addFunction('watched', FAILS);
    await cloud.provision('AWS::Lambda::EventInvokeConfig', {
      FunctionName: 'watched',
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: failures.arn } },
    });

    await invokeEvent('watched', { n: 1 });

    expect(JSON.parse(await failures.receive())).toMatchObject({
      requestContext: {
        functionArn: `${functionArn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 1,
      },
      requestPayload: { n: 1 },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorMessage: 'always' },
    });
  });

  it('that stays failed ends in the dead-letter queue', async () => {
    const dead = await queue('dead');
    await cloud.addFunction('doomed', FAILS, { DeadLetterConfig: { TargetArn: dead.arn } });

    await invokeEvent('doomed', { n: 2 });

    expect(JSON.parse(await dead.receive())).toEqual({ n: 2 });
  });
});
