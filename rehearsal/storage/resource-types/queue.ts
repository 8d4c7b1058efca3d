import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { replacing } from '../../cloudformation/replacing.ts';
import type {
  Properties,
  ProvisionedResource,
  ResourceContext,
  ResourceType,
} from '../../cloudformation/resource-type.ts';

/** Properties that are queue attributes by the same name; SQS wants each as text. */
const ATTRIBUTES = [
  'ContentBasedDeduplication',
  'DelaySeconds',
  'FifoQueue',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'VisibilityTimeout',
];

/** `AWS::SQS::Queue` */
export function queueType(sqs: SQSClient): ResourceType {
  const create = async (properties: Properties, context: ResourceContext): Promise<ProvisionedResource> => {
    const suffix = String(properties['FifoQueue']) === 'true' ? '.fifo' : '';
    const name = String(properties['QueueName'] ?? context.generateName(80 - suffix.length) + suffix);
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: attributesOf(properties) }),
    );
    return describe(QueueUrl ?? '');
  };

  const describe = async (queueUrl: string): Promise<ProvisionedResource> => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
    );
    const name = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
    return { physicalId: queueUrl, attributes: { Arn: Attributes?.QueueArn, QueueName: name, QueueUrl: queueUrl } };
  };

  return {
    create,
    update: replacing(['QueueName', 'FifoQueue'], create, async (queueUrl, properties) => {
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: attributesOf(properties) }));
      return describe(queueUrl);
    }),
    async delete(queueUrl) {
      await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl })).catch((error: unknown) => {
        if (!(error instanceof QueueDoesNotExist)) throw error;
      });
    },
  };
}

function attributesOf(properties: Properties): Record<string, string> {
  const present = ATTRIBUTES.filter((name) => properties[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, asText(properties[name])]));
}

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
