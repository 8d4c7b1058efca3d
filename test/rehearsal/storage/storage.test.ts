import { DescribeTimeToLiveCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { startTestGround, type TestGround } from '../ground.ts';

const SPEED = 200;
let test: TestGround;

beforeAll(async () => {
  test = await startTestGround((ground) => [createStoragePart(ground)], { speed: SPEED });
});
afterAll(() => test.close());

describe('a table', () => {
  const TableName = 'deployments';
  let dynamoDb: DynamoDBClient;

  beforeAll(async () => {
    dynamoDb = new DynamoDBClient(test.client);
    const { attributes } = await test.provision('AWS::DynamoDB::Table', {
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(attributes?.['Arn']).toBe(`arn:aws:dynamodb:us-east-1:123456789012:table/${TableName}`);
  });

  it('is ready at once and tells the journal what each call consumed', async () => {
    const Item = { pk: { S: 'a' }, sk: { S: 'b' }, text: { S: 'x'.repeat(2500) } };

    const put = await dynamoDb.send(new PutItemCommand({ TableName, Item }));
    await dynamoDb.send(
      new GetItemCommand({ TableName, Key: { pk: { S: 'a' }, sk: { S: 'b' } }, ConsistentRead: true }),
    );

    expect(put.ConsumedCapacity).toBeUndefined();
    expect(calls('dynamodb').slice(-2)).toMatchObject([
      { operation: 'PutItem', writeUnits: 3 },
      { operation: 'GetItem', readUnits: 1 },
    ]);
  });

  it('charges a write whose condition failed', async () => {
    const put = dynamoDb.send(
      new PutItemCommand({
        TableName,
        Item: { pk: { S: 'c' }, sk: { S: 'd' } },
        ConditionExpression: 'attribute_exists(pk)',
      }),
    );

    await expect(put).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(calls('dynamodb').at(-1)).toMatchObject({ error: 'ConditionalCheckFailedException', writeUnits: 1 });
  });

  it('knows which attribute lets an item expire', async () => {
    const { TimeToLiveDescription } = await dynamoDb.send(new DescribeTimeToLiveCommand({ TableName }));

    expect(TimeToLiveDescription).toEqual({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
  });

  it('with a stream is refused: nobody would read it', async () => {
    const table = test.provision('AWS::DynamoDB::Table', { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } });

    await expect(table).rejects.toThrow('has no streams');
  });
});

describe('a queue', () => {
  it('has its URL on the endpoint and its ARN in the account', async () => {
    const { physicalId, attributes } = await test.provision('AWS::SQS::Queue', { QueueName: 'lifecycle' });

    const { QueueUrl } = await new SQSClient(test.client).send(new GetQueueUrlCommand({ QueueName: 'lifecycle' }));

    expect(physicalId).toBe(`${test.endpoint.url()}/123456789012/lifecycle`);
    expect(QueueUrl).toBe(physicalId);
    expect(attributes?.['Arn']).toBe('arn:aws:sqs:us-east-1:123456789012:lifecycle');
  });

  it('has the policy that it is made with, until it is given an empty one', async () => {
    const sqs = new SQSClient(test.client);
    const arn = 'arn:aws:sqs:us-east-1:123456789012:open';
    const Policy = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: arn }],
    });
    const { policies } = test.ground.permissions;

    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'open', Attributes: { Policy } }));
    const [known] = policies.ofResource(arn);
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } }));

    expect(known?.document).toEqual(JSON.parse(Policy));
    expect(policies.ofResource(arn)).toEqual([]);
  });

  it('shows a message again after its visibility timeout, in rehearsed time, and at last to the dead-letter queue', async () => {
    const sqs = new SQSClient(test.client);
    const dead = await test.provision('AWS::SQS::Queue', { QueueName: 'dead' });
    const { physicalId: QueueUrl } = await test.provision('AWS::SQS::Queue', {
      QueueName: 'work',
      VisibilityTimeout: 30, // 150 ms of the wall
      RedrivePolicy: { deadLetterTargetArn: dead.attributes?.['Arn'], maxReceiveCount: 2 },
    });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'arn:aws:sqs:us-east-1:123456789012:work' }));
    const receive = (url: string) => sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 1 }));

    const [first, second] = [await receive(QueueUrl), await receive(QueueUrl)];
    await receive(QueueUrl);
    const buried = await receive(dead.physicalId);

    expect(first.Messages?.[0]?.Body).toBe('arn:aws:sqs:us-east-1:123456789012:work');
    expect(second.Messages?.[0]?.MessageId).toBe(first.Messages?.[0]?.MessageId);
    expect(buried.Messages?.[0]?.MessageId).toBe(first.Messages?.[0]?.MessageId);
  });
});

describe('a topic', () => {
  it('delivers to a queue', async () => {
    const { attributes, physicalId: QueueUrl } = await test.provision('AWS::SQS::Queue', { QueueName: 'alarms' });
    const { physicalId: TopicArn } = await test.provision('AWS::SNS::Topic', { TopicName: 'alarms' });
    await test.provision('AWS::SNS::Subscription', {
      TopicArn,
      Protocol: 'sqs',
      Endpoint: attributes?.['Arn'],
      RawMessageDelivery: true,
    });

    await new SNSClient(test.client).send(new PublishCommand({ TopicArn, Message: 'fire' }));
    const { Messages } = await new SQSClient(test.client).send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }),
    );

    expect(TopicArn).toBe('arn:aws:sns:us-east-1:123456789012:alarms');
    expect(Messages?.[0]?.Body).toBe('fire');
  });

  it('says that what it would mail stays here, and refuses what it cannot deliver', async () => {
    const subscription = { TopicArn: 'arn:aws:sns:us-east-1:123456789012:alarms', Endpoint: 'me@example.com' };

    await test.provision('AWS::SNS::Subscription', { ...subscription, Protocol: 'email' });
    const toFunction = test.provision('AWS::SNS::Subscription', { ...subscription, Protocol: 'lambda' });

    await expect(toFunction).rejects.toThrow('to queues only');
    expect(test.ground.journal.entries).toContainEqual(
      expect.objectContaining({ kind: 'warning', message: expect.stringContaining('me@example.com') }),
    );
  });
});

describe('a bucket', () => {
  it('keeps objects of any size', async () => {
    const s3 = new S3Client(test.client);
    const { physicalId: Bucket, attributes } = await test.provision('AWS::S3::Bucket', {}, 'Revisions');
    const object = { Bucket, Key: 'web/revision 1.zip' };

    await s3.send(new PutObjectCommand({ ...object, Body: Buffer.alloc(13 * 1024 * 1024, 'x') }));
    const { ContentLength } = await s3.send(new HeadObjectCommand(object));
    const { Body } = await s3.send(new GetObjectCommand({ ...object, Range: 'bytes=0-3' }));

    expect(attributes?.['Arn']).toBe('arn:aws:s3:::test-revisions-abcdefghijkl');
    expect(ContentLength).toBe(13 * 1024 * 1024);
    expect(await Body?.transformToString()).toBe('xxxx');
  });

  it('has a policy that lets roles in, until it is deleted', async () => {
    const s3 = new S3Client(test.client);
    const Policy = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::revisions/*' }],
    });
    const { policies } = test.ground.permissions;

    await s3.send(new PutBucketPolicyCommand({ Bucket: 'revisions', Policy }));
    const read = await s3.send(new GetBucketPolicyCommand({ Bucket: 'revisions' }));
    const [known] = policies.ofResource('arn:aws:s3:::revisions/web.zip');
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: 'revisions' }));

    expect(read.Policy).toBe(Policy);
    expect(known?.document).toEqual(JSON.parse(Policy));
    expect(policies.ofResource('arn:aws:s3:::revisions/web.zip')).toEqual([]);
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket: 'revisions' }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
  });

  it('takes no policy that is none', async () => {
    const put = new S3Client(test.client).send(new PutBucketPolicyCommand({ Bucket: 'revisions', Policy: '{}' }));

    await expect(put).rejects.toMatchObject({ name: 'MalformedPolicy' });
  });

  it('refuses what it does not play instead of pretending', async () => {
    const versioning = new S3Client(test.client).send(
      new PutBucketVersioningCommand({ Bucket: 'any', VersioningConfiguration: { Status: 'Enabled' } }),
    );

    await expect(versioning).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
  });
});

const calls = (service: string) =>
  test.ground.journal.entries.filter((entry) => entry.kind === 'call' && entry.service === service);
