import { DescribeScalingActivitiesCommand } from '@aws-sdk/client-auto-scaling';
import { SubscribeCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createComputePart } from '../../../rehearsal/auto-scaling/compute-part.ts';
import { createIdentityPart } from '../../../rehearsal/identity/create-identity-part.ts';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { ParameterStore } from '../../../rehearsal/storage/parameter-store.ts';
import { RecordingHosts } from '../ec2/recording-hosts.ts';
import { startTestGround, type TestGround } from '../ground.ts';
import { aHook } from './fleet.ts';

let test: TestGround;
let hosts: RecordingHosts;
let sqs: SQSClient;
let queueUrl: string;
let queueArn: string;
let roleArn: string;

beforeEach(async () => {
  hosts = new RecordingHosts();
  test = await startTestGround(
    (ground) => [
      createComputePart(ground, hosts),
      createIdentityPart(ground),
      createStoragePart(ground, new ParameterStore(() => ground.clock.now())),
    ],
    { speed: 200 },
  );
  sqs = new SQSClient(test.client);
  const queue = await test.provision('AWS::SQS::Queue', { QueueName: 'lifecycle' }, 'Queue');
  const role = await test.provision('AWS::IAM::Role', {}, 'Role');
  queueUrl = queue.physicalId;
  queueArn = String(queue.attributes?.['Arn']);
  roleArn = String(role.attributes?.['Arn']);
});
afterEach(async () => {
  sqs.destroy();
  await test.close();
});

const createGroup = async (targetArn: string, hook = {}): Promise<void> => {
  const profile = await test.provision('AWS::IAM::InstanceProfile', { Roles: [roleArn.split('/').at(-1)] }, 'Profile');
  const template = await test.provision('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: { ImageId: 'ami-1', IamInstanceProfile: { Arn: profile.attributes?.['Arn'] } },
  });
  await test.provision('AWS::AutoScaling::AutoScalingGroup', {
    AutoScalingGroupName: 'web',
    MinSize: '1',
    MaxSize: '1',
    AvailabilityZones: ['us-east-1a'],
    LaunchTemplate: { LaunchTemplateId: template.physicalId, Version: '1' },
    LifecycleHookSpecificationList: [aHook({ NotificationTargetARN: targetArn, RoleARN: roleArn, ...hook })],
  });
};
const receive = async (): Promise<Record<string, unknown>> => {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 5 }));
  return JSON.parse(Messages[0]?.Body ?? '{}') as Record<string, unknown>;
};

describe('The messages of a hook', () => {
  it('reach a real queue, the test message first, and the host has the role of its profile', async () => {
    await createGroup(queueArn);

    const received = [await receive(), await receive()];

    const [launched] = hosts.started;
    expect(received).toMatchObject([
      { Event: 'autoscaling:TEST_NOTIFICATION' },
      { LifecycleHookName: 'launch', EC2InstanceId: launched?.instanceId, AccountId: '123456789012' },
    ]);
    expect(launched?.roleArn).toBe(roleArn);
  });

  it('reach a topic with a subject', async () => {
    const topic = await test.provision('AWS::SNS::Topic', { TopicName: 'lifecycle' }, 'Topic');
    const sns = new SNSClient(test.client);
    await sns.send(new SubscribeCommand({ TopicArn: topic.physicalId, Protocol: 'sqs', Endpoint: queueArn }));
    await createGroup(topic.physicalId);

    await receive();
    const envelope = await receive();
    sns.destroy();

    const [launched] = hosts.started;
    expect(envelope['Subject']).toBe(
      `Auto Scaling:  Lifecycle action 'LAUNCHING' for instance ${launched?.instanceId} in progress.`,
    );
    expect(JSON.parse(String(envelope['Message']))).toMatchObject({ EC2InstanceId: launched?.instanceId });
  });

  it('that cannot be sent any more let the default result take effect at once', async () => {
    await createGroup(queueArn, { DefaultResult: 'CONTINUE', HeartbeatTimeout: 7200 });
    await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));

    const autoScaling = new AutoScalingClient(test.client);
    const activities = async () => (await autoScaling.send(new DescribeScalingActivitiesCommand({}))).Activities ?? [];
    const giveUpAt = Date.now() + 5000;
    while ((await activities())[0]?.StatusCode !== 'Successful' && Date.now() < giveUpAt) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }

    expect(await activities()).toMatchObject([{ StatusCode: 'Successful', Progress: 100 }]);
    autoScaling.destroy();
  });
});
