import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../../../rehearsal/endpoint/service.ts';
import { createIdentityPart } from '../../../rehearsal/identity/create-identity-part.ts';
import { createLogsPart } from '../../../rehearsal/logs/create-logs-part.ts';
import { startTestGround, type TestGround } from '../ground.ts';
import { arn } from './account.ts';

const REACHED: Service = {
  signingNames: ['s3', 'sqs', 'sns', 'ec2', 'lambda', 'events', 'monitoring'],
  handle: () => Promise.resolve({ status: 500, body: 'reached' }),
};
const ASSUMABLE = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
let test: TestGround;
let role: string;

beforeAll(async () => {
  test = await startTestGround(
    (ground) => [
      createIdentityPart(ground),
      createLogsPart(ground),
      { services: [REACHED], resourceTypes: {}, close: () => Promise.resolve() },
    ],
    { enforced: true },
  );
  const made = await test.provision('AWS::IAM::Role', { RoleName: 'Worker', AssumeRolePolicyDocument: ASSUMABLE });
  role = String(made.attributes?.['Arn']);
});
afterAll(() => test.close());

describe('A refused call fails as the service fails it', () => {
  const calls: readonly [string, (client: ReturnType<TestGround['as']>) => Promise<unknown>, string, number][] = [
    [
      'SQS',
      (client) =>
        new SQSClient(client).send(
          new SendMessageCommand({ QueueUrl: `${client.endpoint}/123456789012/jobs`, MessageBody: 'x' }),
        ),
      'AccessDenied',
      403,
    ],
    [
      'SNS',
      (client) => new SNSClient(client).send(new PublishCommand({ TopicArn: arn('sns', 'news'), Message: 'x' })),
      'AuthorizationErrorException',
      403,
    ],
    [
      'S3',
      (client) =>
        new S3Client({ ...client, forcePathStyle: true }).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })),
      'AccessDenied',
      403,
    ],
    ['EC2', (client) => new EC2Client(client).send(new DescribeInstancesCommand({})), 'UnauthorizedOperation', 403],
    [
      'Lambda',
      (client) => new LambdaClient(client).send(new InvokeCommand({ FunctionName: 'f' })),
      'AccessDeniedException',
      403,
    ],
    [
      'EventBridge',
      (client) => new EventBridgeClient(client).send(new PutEventsCommand({ Entries: [{ Source: 'x' }] })),
      'AccessDeniedException',
      400,
    ],
    ['CloudWatch', (client) => new CloudWatchClient(client).send(new DescribeAlarmsCommand({})), 'AccessDenied', 403],
  ];

  it.each(calls)('%s', async (_, call, name, status) => {
    const failure = await call(test.as(role, 'job')).catch((error: unknown) => error);

    expect(failure).toMatchObject({ name, $metadata: { httpStatusCode: status } });
    expect(String(failure)).toContain('assumed-role/Worker/job is not authorized to perform: ');
  });
});

it('lets everybody ask who they are', async () => {
  const identity = await new STSClient(test.as(role, 'job')).send(new GetCallerIdentityCommand({}));

  expect(identity.Arn).toBe('arn:aws:sts::123456789012:assumed-role/Worker/job');
});

it('warns of a policy whose text it does not know', async () => {
  const policy = 'arn:aws:iam::aws:policy/NobodyKnowsThis';

  await test.provision(
    'AWS::IAM::Role',
    { RoleName: 'Odd', AssumeRolePolicyDocument: ASSUMABLE, ManagedPolicyArns: [policy] },
    'Odd',
  );

  expect(test.ground.journal.entries).toContainEqual(
    expect.objectContaining({ kind: 'warning', message: expect.stringContaining(policy) as string }),
  );
});
