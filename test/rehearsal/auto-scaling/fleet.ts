import { createHash } from 'node:crypto';
import { AutoScalingClient, type LifecycleHookSpecification } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { createComputePart, type ComputeOptions } from '../../../rehearsal/auto-scaling/compute-part.ts';
import type { Properties } from '../../../rehearsal/cloudformation/resource-type.ts';
import { AwsError, type Service } from '../../../rehearsal/endpoint/service.ts';
import { jsonService } from '../../../rehearsal/endpoint/protocols/json.ts';
import type { JournalEntry } from '../../../rehearsal/journal.ts';
import { RecordingHosts } from '../ec2/recording-hosts.ts';
import { startTestGround, type TestGround } from '../ground.ts';

export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:lifecycle';
export const ROLE_ARN = 'arn:aws:iam::123456789012:role/hooks';

/** A message that a hook sent, and when. */
interface Message extends Record<string, unknown> {
  readonly LifecycleHookName: string;
  readonly EC2InstanceId: string;
  readonly LifecycleTransition: string;
  readonly LifecycleActionToken: string;
}

/** The whole part on a fast ground, with a queue that only listens. */
export interface Fleet {
  readonly test: TestGround;
  readonly hosts: RecordingHosts;
  readonly autoScaling: AutoScalingClient;
  readonly ec2: EC2Client;
  readonly loadBalancing: ElasticLoadBalancingV2Client;
  /** Bodies that reached the queue, test messages included, in order. */
  readonly bodies: readonly string[];
  /** Messages of lifecycle actions. */
  messages(): readonly Message[];
  /** Makes the queue refuse an operation from now on. */
  refuse(operation: 'GetQueueUrl' | 'SendMessage'): void;
  /** Creates a launch template and a group of the given properties. */
  createGroup(properties?: Properties): Promise<void>;
  /** Lifecycle states in the order they were entered, of one instance or all. */
  states(instanceId?: string): readonly string[];
  /** Resolves when `observed` gives something true; fails after ten seconds of the wall. */
  until<T>(observed: () => T | Promise<T>, what?: string): Promise<Exclude<T, false | null | undefined>>;
  close(): Promise<void>;
}

export const aHook = (overrides: Partial<LifecycleHookSpecification> = {}): LifecycleHookSpecification => ({
  LifecycleHookName: 'launch',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  NotificationTargetARN: QUEUE_ARN,
  RoleARN: ROLE_ARN,
  HeartbeatTimeout: 600,
  ...overrides,
});

/** A running fleet at 200 times the speed of the wall. */
export async function startFleet(options: ComputeOptions & { readonly speed?: number } = {}): Promise<Fleet> {
  const { speed = 200, ...compute } = options;
  const hosts = new RecordingHosts();
  const bodies: string[] = [];
  const refused = new Set<string>();
  const queue = listeningQueue(bodies, refused);
  const test = await startTestGround(
    (ground) => {
      const part = createComputePart(ground, hosts, {
        roleOfInstanceProfile: (name) => Promise.resolve(`arn:aws:iam::123456789012:role/of-${name}`),
        ...compute,
      });
      return [{ ...part, services: [...part.services, queue] }];
    },
    { speed },
  );
  const clients = {
    autoScaling: new AutoScalingClient(test.client),
    ec2: new EC2Client(test.client),
    loadBalancing: new ElasticLoadBalancingV2Client(test.client),
  };
  const { journal } = test.ground;

  return {
    test,
    hosts,
    ...clients,
    bodies,
    messages: () =>
      bodies.map((body) => JSON.parse(body) as Message).filter(({ LifecycleActionToken }) => LifecycleActionToken),
    refuse: (operation) => refused.add(operation),
    createGroup: async (properties = {}) => {
      const { physicalId } = await test.provision('AWS::EC2::LaunchTemplate', {
        LaunchTemplateName: 'web',
        LaunchTemplateData: { ImageId: 'ami-1', InstanceType: 't3.micro' },
      });
      await test.provision('AWS::AutoScaling::AutoScalingGroup', {
        AutoScalingGroupName: 'web',
        MinSize: '0',
        MaxSize: '10',
        DesiredCapacity: '1',
        AvailabilityZones: ['us-east-1a', 'us-east-1b'],
        LaunchTemplate: { LaunchTemplateId: physicalId, Version: '$Latest' },
        ...properties,
      });
    },
    states: (instanceId) =>
      journal.entries
        .filter((entry): entry is JournalEntry & { kind: 'instance' } => entry.kind === 'instance')
        .filter((entry) => instanceId === undefined || entry.instanceId === instanceId)
        .map((entry) => entry.lifecycleState),
    until: async <T>(observed: () => T | Promise<T>, what = observed.toString()) => {
      const giveUpAt = Date.now() + 10_000;
      for (;;) {
        const seen = await observed();
        if (seen) return seen as Exclude<T, false | null | undefined>;
        if (Date.now() > giveUpAt) throw new Error(`This never came true: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    close: async () => {
      await test.close();
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** As much of SQS as a hook needs. */
function listeningQueue(bodies: string[], refused: ReadonlySet<string>): Service {
  const admit = (operation: string): void => {
    if (refused.has(operation)) throw new AwsError('AccessDenied', `Not allowed: ${operation}`);
  };
  return jsonService({
    signingNames: ['sqs'],
    targetPrefix: 'AmazonSQS',
    version: '1.0',
    operations: {
      GetQueueUrl: async ({ QueueName }) => {
        admit('GetQueueUrl');
        return await Promise.resolve({ QueueUrl: `http://127.0.0.1/123456789012/${String(QueueName)}` });
      },
      SendMessage: async ({ MessageBody }) => {
        admit('SendMessage');
        bodies.push(String(MessageBody));
        const MD5OfMessageBody = createHash('md5').update(String(MessageBody)).digest('hex');
        return await Promise.resolve({ MessageId: String(bodies.length), MD5OfMessageBody });
      },
    },
  });
}
