import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateOrUpdateTagsCommand,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { STANDBY_TAG } from '../../core/traffic/standby.ts';
import type { Rehearsal } from '../../rehearsal/index.ts';

const ENGINE = 'SlipwayEngine';

/** What a person with every right does to the engine's insides, to see it mend itself. */
export class Operator {
  readonly #client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };

  constructor({ endpoint, region }: Rehearsal) {
    this.#client = { endpoint, region, credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' } };
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
    const autoScaling = new AutoScalingClient(this.#client);
    const { AutoScalingGroups: [like] = [] } = await autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoScalingGroupName] }),
    );
    const { LaunchTemplateId, Version } = like?.LaunchTemplate ?? {};
    const AutoScalingGroupName = 'tour';
    await autoScaling.send(
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
  async askForStandby(autoScalingGroupName: string): Promise<void> {
    const tag = { Key: STANDBY_TAG, Value: 'true', PropagateAtLaunch: false };
    const Tags = [{ ...tag, ResourceType: 'auto-scaling-group', ResourceId: autoScalingGroupName }];
    await new AutoScalingClient(this.#client).send(new CreateOrUpdateTagsCommand({ Tags }));
  }

  async makeTopic(name: string): Promise<string> {
    const { TopicArn = '' } = await new SNSClient(this.#client).send(new CreateTopicCommand({ Name: name }));
    return TopicArn;
  }

  /** Ends a running execution as the console's button does. @returns undefined while none runs under such a name */
  async abortExecution(stateMachineArn: string, name: RegExp): Promise<string | undefined> {
    const states = new SFNClient(this.#client);
    const { executions = [] } = await states.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }),
    );
    const executionArn = executions.find((each) => name.test(each.name ?? ''))?.executionArn;
    if (executionArn !== undefined) await states.send(new StopExecutionCommand({ executionArn }));
    return executionArn;
  }

  /** An event that a function can make nothing of: after three attempts it is a dead letter. */
  async sendNonsense(functionName: string): Promise<void> {
    const event = { FunctionName: functionName, InvocationType: 'Event' as const, Payload: 'null' };
    await new LambdaClient(this.#client).send(new InvokeCommand(event));
  }

  /** Runs a function as its schedule does. @throws Error when it fails */
  async invoke(functionName: string): Promise<void> {
    const { FunctionError, Payload } = await new LambdaClient(this.#client).send(
      new InvokeCommand({ FunctionName: functionName, Payload: '{}' }),
    );
    if (FunctionError !== undefined) throw new Error(`${functionName} failed: ${Payload?.transformToString()}`);
  }

  /** Lets one alarm ring that tells somebody. */
  async ringAlarm(): Promise<void> {
    const cloudWatch = new CloudWatchClient(this.#client);
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}));
    const AlarmName = MetricAlarms.find(({ AlarmActions = [] }) => AlarmActions.length > 0)?.AlarmName;
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a tour' }));
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
