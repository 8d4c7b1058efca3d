import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateOrUpdateTagsCommand,
  DescribeAutoScalingGroupsCommand,
  ResumeProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SUSPEND_TAG } from '../../core/fleet/suspended-processes.ts';
import { STANDBY_TAG } from '../../core/traffic/standby.ts';
import type { Rehearsal } from '../../rehearsal/index.ts';

const ENGINE = 'SlipwayEngine';

/** What a person with every right does to the engine's insides, to see it mend itself. */
export class Operator {
  readonly #client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  readonly #autoScaling: AutoScalingClient;

  constructor({ endpoint, region }: Rehearsal) {
    this.#client = { endpoint, region, credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' } };
    this.#autoScaling = new AutoScalingClient(this.#client);
  }

  /** @returns the names of the resources of a type, those alone whose logical id matches */
  async resources(type: string, logicalId = /./): Promise<string[]> {
    const { StackResources = [] } = await new CloudFormationClient(this.#client).send(
      new DescribeStackResourcesCommand({ StackName: ENGINE }),
    );
    const chosen = StackResources.filter(
      (each) => each.ResourceType === type && logicalId.test(each.LogicalResourceId ?? ''),
    );
    return chosen.map(({ PhysicalResourceId }) => PhysicalResourceId ?? '');
  }

  /** Makes an Auto Scaling group without instances, of the same machines as another. @returns its name */
  async makeGroupLike(autoScalingGroupName: string): Promise<string> {
    const like = await this.#group(autoScalingGroupName);
    const { LaunchTemplateId, Version } = like?.LaunchTemplate ?? {};
    const AutoScalingGroupName = 'tour';
    await this.#autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName,
        LaunchTemplate: { LaunchTemplateId, Version },
        VPCZoneIdentifier: like?.VPCZoneIdentifier,
        MinSize: 0,
        MaxSize: 1,
      }),
    );
    return AutoScalingGroupName;
  }

  /** Asks for Standby while hosts of the group are deployed to, as the construct does by a tag of the group. */
  askForStandby(autoScalingGroupName: string): Promise<void> {
    return this.#tag(autoScalingGroupName, STANDBY_TAG, 'true');
  }

  /** Asks that a process be suspended while the group is deployed to, as the construct does. */
  askForSuspension(autoScalingGroupName: string, process: string): Promise<void> {
    return this.#tag(autoScalingGroupName, SUSPEND_TAG, process);
  }

  async #tag(autoScalingGroupName: string, Key: string, Value: string): Promise<void> {
    const group = { ResourceType: 'auto-scaling-group', ResourceId: autoScalingGroupName, PropagateAtLaunch: false };
    await this.#autoScaling.send(new CreateOrUpdateTagsCommand({ Tags: [{ ...group, Key, Value }] }));
  }

  /** Leaves no host of so many that could be spared. */
  async setMinimum(AutoScalingGroupName: string, MinSize: number): Promise<void> {
    await this.#autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize }));
  }

  async desiredCapacity(autoScalingGroupName: string): Promise<number> {
    return (await this.#group(autoScalingGroupName))?.DesiredCapacity ?? 0;
  }

  async isLaunching(autoScalingGroupName: string): Promise<boolean> {
    const { SuspendedProcesses = [] } = (await this.#group(autoScalingGroupName)) ?? {};
    return SuspendedProcesses.every(({ ProcessName }) => ProcessName !== 'Launch');
  }

  async resumeLaunches(AutoScalingGroupName: string): Promise<void> {
    const input = { AutoScalingGroupName, ScalingProcesses: ['Launch'] };
    await this.#autoScaling.send(new ResumeProcessesCommand(input));
  }

  async #group(autoScalingGroupName: string) {
    const { AutoScalingGroups: [group] = [] } = await this.#autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoScalingGroupName] }),
    );
    return group;
  }

  /** Uploads what lies in a bucket once more, under another key. @param keyId of KMS, to encrypt it with */
  async uploadAgain(Bucket: string, from: string, Key: string, keyId?: string): Promise<void> {
    const s3 = new S3Client({ ...this.#client, forcePathStyle: true });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: from }));
    const encryption = keyId === undefined ? {} : ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyId } as const);
    await s3.send(
      new PutObjectCommand({ Bucket, Key, Body: (await Body?.transformToByteArray()) ?? '', ...encryption }),
    );
  }

  async makeTopic(name: string): Promise<string> {
    const { TopicArn = '' } = await new SNSClient(this.#client).send(new CreateTopicCommand({ Name: name }));
    return TopicArn;
  }

  /** Ends a running execution as the console's button does. @returns undefined while none runs under such a name */
  async abortExecution(stateMachineArn: string, name: RegExp): Promise<string | undefined> {
    const executionArn = await this.#execution(stateMachineArn, name, 'RUNNING');
    if (executionArn !== undefined) await this.#states.send(new StopExecutionCommand({ executionArn }));
    return executionArn;
  }

  /** Starts an execution as the console's button does. */
  async startExecution(stateMachineArn: string, name: string, input: object): Promise<void> {
    await this.#states.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
  }

  /** Whether an execution runs under such a name. */
  async isRunning(stateMachineArn: string, name: RegExp): Promise<boolean> {
    return (await this.#execution(stateMachineArn, name, 'RUNNING')) !== undefined;
  }

  /** The input of an execution that has ended. @returns undefined while there is none under such a name */
  async inputOf(stateMachineArn: string, name: RegExp): Promise<string | undefined> {
    const executionArn = await this.#execution(stateMachineArn, name, 'SUCCEEDED');
    if (executionArn === undefined) return undefined;
    return (await this.#states.send(new DescribeExecutionCommand({ executionArn }))).input;
  }

  async #execution(stateMachineArn: string, name: RegExp, statusFilter: 'RUNNING' | 'SUCCEEDED') {
    const { executions = [] } = await this.#states.send(new ListExecutionsCommand({ stateMachineArn, statusFilter }));
    return executions.find((each) => name.test(each.name ?? ''))?.executionArn;
  }

  get #states(): SFNClient {
    return new SFNClient(this.#client);
  }

  /** An event that a function can make nothing of: after three attempts it is a dead letter. */
  async sendNonsense(functionName: string): Promise<void> {
    const event = { FunctionName: functionName, InvocationType: 'Event' as const, Payload: 'null' };
    await new LambdaClient(this.#client).send(new InvokeCommand(event));
  }

  /** Whether something waits in a queue, by its URL. */
  async hasMessages(QueueUrl: string): Promise<boolean> {
    const input = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] };
    const { Attributes } = await new SQSClient(this.#client).send(new GetQueueAttributesCommand(input));
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0) > 0;
  }

  /** Runs a function as its schedule does, or with an event. @throws Error when it fails */
  async invoke(functionName: string, event: object = {}): Promise<void> {
    const { FunctionError, Payload } = await new LambdaClient(this.#client).send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
    );
    if (FunctionError !== undefined) throw new Error(`${functionName} failed: ${Payload?.transformToString()}`);
  }

  /** Whether an alarm of such a name rings. */
  async isRinging(name: RegExp): Promise<boolean> {
    const input = { StateValue: 'ALARM' as const };
    const { MetricAlarms = [] } = await new CloudWatchClient(this.#client).send(new DescribeAlarmsCommand(input));
    return MetricAlarms.some(({ AlarmName = '' }) => name.test(AlarmName));
  }

  /** One alarm that tells somebody. */
  async anyAlarm(): Promise<string> {
    const { MetricAlarms = [] } = await new CloudWatchClient(this.#client).send(new DescribeAlarmsCommand({}));
    return MetricAlarms.find(({ AlarmActions = [] }) => AlarmActions.length > 0)?.AlarmName ?? '';
  }

  /** Lets that alarm ring. */
  async ringAlarm(): Promise<void> {
    const input = { AlarmName: await this.anyAlarm(), StateValue: 'ALARM' as const, StateReason: 'a tour' };
    await new CloudWatchClient(this.#client).send(new SetAlarmStateCommand(input));
  }

  /** @returns whether a queue, by URL, or a topic, by ARN, refuses who comes by plain HTTP */
  async isRefusedWithoutTls(queueOrTopic: string): Promise<boolean> {
    const call = queueOrTopic.startsWith('arn:')
      ? withoutTls(new SNSClient(this.#client)).send(new PublishCommand({ TopicArn: queueOrTopic, Message: 'a tour' }))
      : withoutTls(new SQSClient(this.#client)).send(new PurgeQueueCommand({ QueueUrl: queueOrTopic }));
    return call.then(
      () => false,
      (error: unknown) => /AccessDenied|AuthorizationError/.test((error as Error).name),
    );
  }
}

/** As a proxy passes on what came to it without TLS. */
function withoutTls<
  Client extends { readonly middlewareStack: SQSClient['middlewareStack'] | SNSClient['middlewareStack'] },
>(client: Client): Client {
  (client.middlewareStack as SQSClient['middlewareStack']).add(
    (next) => (call) => {
      (call.request as { headers: Record<string, string> }).headers['x-forwarded-proto'] = 'http';
      return next(call);
    },
    { step: 'build' },
  );
  return client;
}
