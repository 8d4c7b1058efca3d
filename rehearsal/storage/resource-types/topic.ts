import { CreateTopicCommand, DeleteTopicCommand, SetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';
import { replacing } from '../../cloudformation/replacing.ts';
import type {
  Properties,
  ProvisionedResource,
  ResourceContext,
  ResourceType,
} from '../../cloudformation/resource-type.ts';
import type { Journal } from '../../journal.ts';
import { subscribe } from './subscription.ts';

/** `AWS::SNS::Topic` */
export function topicType(sns: SNSClient, journal: Journal): ResourceType {
  const create = async (properties: Properties, context: ResourceContext): Promise<ProvisionedResource> => {
    const { TopicName, DisplayName, FifoTopic, ContentBasedDeduplication, Subscription = [] } = properties;
    const given = Object.entries({ DisplayName, FifoTopic, ContentBasedDeduplication });
    const attributes = given.filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]);
    const { TopicArn = '' } = await sns.send(
      new CreateTopicCommand({
        Name: String(TopicName ?? context.generateName(256)),
        Attributes: Object.fromEntries(attributes) as Record<string, string>,
      }),
    );
    for (const subscription of Subscription as Properties[]) {
      await subscribe(sns, { ...subscription, TopicArn }, context, journal);
    }
    return describe(TopicArn);
  };

  return {
    create,
    update: replacing(['TopicName', 'FifoTopic', 'Subscription'], create, async (topicArn, { DisplayName = '' }) => {
      const change = { TopicArn: topicArn, AttributeName: 'DisplayName', AttributeValue: String(DisplayName) };
      await sns.send(new SetTopicAttributesCommand(change));
      return describe(topicArn);
    }),
    async delete(topicArn) {
      await sns.send(new DeleteTopicCommand({ TopicArn: topicArn }));
    },
  };
}

const describe = (topicArn: string): ProvisionedResource => ({
  physicalId: topicArn,
  attributes: { TopicArn: topicArn, TopicName: topicArn.slice(topicArn.lastIndexOf(':') + 1) },
});
