import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { targetKey } from '../../adapters/table/keys.ts';
import type { Target } from '../../core/target.ts';
import { deploymentIdFor } from '../../core/identifiers.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/index.ts';
import { Assemblies } from '../../stories/assemblies.ts';
import { Executions } from '../../stories/executions.ts';
import type { DeploymentRecord } from '../../stories/executions.ts';
import { HostRules } from './host-rules.ts';
import { until } from './until.ts';

export interface CloudOptions {
  readonly speed: number;
  /** Of the app, as `-c` gives them to `cdk deploy`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Rehearsed milliseconds until a host's own agent first polls. @default 0 */
  readonly bootMs?: number;
}

/** A rehearsal of the app as it ships, on simulated hosts, and an operator's AWS clients in it. */
export class Cloud {
  readonly rehearsal: Rehearsal;
  readonly hostRules: HostRules;
  readonly executions: Executions;
  /** What any AWS client needs in order to reach this cloud. */
  readonly client: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  readonly autoScaling: AutoScalingClient;
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly sqs: SQSClient;
  readonly states: SFNClient;
  readonly #assemblies: Assemblies;

  private constructor(rehearsal: Rehearsal, hostRules: HostRules, assemblies: Assemblies) {
    this.rehearsal = rehearsal;
    this.hostRules = hostRules;
    this.#assemblies = assemblies;
    this.executions = new Executions(rehearsal);
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
    this.client = { endpoint: rehearsal.endpoint, region: rehearsal.region, credentials };
    this.autoScaling = new AutoScalingClient(this.client);
    this.cloudWatch = new CloudWatchClient(this.client);
    this.logs = new CloudWatchLogsClient(this.client);
    this.sqs = new SQSClient(this.client);
    this.states = new SFNClient(this.client);
  }

  static async open({ speed, settings, bootMs = 0 }: CloudOptions): Promise<Cloud> {
    // Simulated hosts install no agent.
    const assemblies = await Assemblies.create({ agentArchitectures: '', ...settings });
    const hostRules = new HostRules();
    const rehearsal = await startRehearsal({
      assembly: await assemblies.withRevision('web-app'),
      speed,
      hosts: 'simulated',
      simulation: { outcome: hostRules.outcome, bootMs },
      onEntry: hostRules.note,
    });
    return new Cloud(rehearsal, hostRules, assemblies);
  }

  async close(): Promise<void> {
    await this.rehearsal.stop();
    await this.#assemblies.remove();
  }

  /** An output of the engine's stack. */
  engine(output: string): string {
    return this.rehearsal.outputs('SlipwayEngine')[output] ?? '';
  }

  /** Physical id of the one resource of a stack with such a logical id. */
  async resource(StackName: string, logicalId: RegExp): Promise<string> {
    const { StackResourceSummaries: resources = [] } = await new CloudFormationClient(this.client).send(
      new ListStackResourcesCommand({ StackName }),
    );
    const found = resources.filter(({ LogicalResourceId: id = '' }) => logicalId.test(id));
    if (found.length !== 1) throw new Error(`${found.length} resources of ${StackName} match ${logicalId}`);
    return found[0]?.PhysicalResourceId ?? '';
  }

  async queueUrl(QueueName: string): Promise<string> {
    return (await this.sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  }

  /** Puts a message on the lifecycle queue, as Auto Scaling does. */
  async post(body: string | object): Promise<void> {
    const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.engine('LifecycleQueueUrl'), MessageBody }));
  }

  /** Bodies of the messages that can be received now. */
  async receive(QueueUrl: string): Promise<string[]> {
    const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body }) => Body ?? '');
  }

  /** What the ended execution for an instance has answered. */
  deployment(type: 'launch' | 'termination', instanceId: string): Promise<DeploymentRecord> {
    return until(`the end of the ${type} deployment of ${instanceId}`, () => this.executions.ended(instanceId, type));
  }

  /** The record of the deployment that a lifecycle action led to. */
  async record(instanceId: string, lifecycleActionToken: string): Promise<Target | undefined> {
    const { Item } = await DynamoDBDocumentClient.from(new DynamoDBClient(this.client)).send(
      new GetCommand({
        TableName: this.engine('TableName'),
        Key: targetKey({ deploymentId: deploymentIdFor(lifecycleActionToken), instanceId }),
      }),
    );
    return Item as Target | undefined;
  }

  /** Lines of a log group that hold all of these words. */
  async logLines(logGroupName: string, ...words: readonly string[]): Promise<string[]> {
    const lines: string[] = [];
    for await (const { events = [] } of paginateFilterLogEvents({ client: this.logs }, { logGroupName }))
      lines.push(...events.map(({ message }) => message ?? ''));
    return lines.filter((line) => words.every((word) => line.includes(word)));
  }
}
