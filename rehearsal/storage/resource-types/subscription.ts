import { SubscribeCommand, UnsubscribeCommand, type SNSClient } from '@aws-sdk/client-sns';
import { alwaysReplacing } from '../../cloudformation/replacing.ts';
import type {
  Properties,
  ProvisionedResource,
  ResourceContext,
  ResourceType,
} from '../../cloudformation/resource-type.ts';
import type { Journal } from '../../journal.ts';

/** Leave the machine: nobody is written to from a rehearsal, and AWS would ask for a confirmation first. */
const OUTSIDE_WORLD = ['email', 'email-json', 'sms', 'http', 'https', 'application'];
const ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];

/** `AWS::SNS::Subscription`, of queues; subscriptions of people are noted and never delivered to. */
export function subscriptionType(sns: SNSClient, journal: Journal): ResourceType {
  const create: ResourceType['create'] = (properties, context) => subscribe(sns, properties, context, journal);
  return {
    create,
    update: alwaysReplacing(create),
    async delete(subscriptionArn) {
      await sns.send(new UnsubscribeCommand({ SubscriptionArn: subscriptionArn }));
    },
  };
}

/** @throws Error for protocols whose delivery would silently be missing */
export async function subscribe(
  sns: SNSClient,
  properties: Properties,
  { logicalId }: ResourceContext,
  journal: Journal,
): Promise<ProvisionedResource> {
  const protocol = String(properties['Protocol']);
  if (OUTSIDE_WORLD.includes(protocol)) {
    const message = `${logicalId}: what is published for ${protocol} ${properties['Endpoint']} stays inside the rehearsal`;
    journal.record({ kind: 'warning', message });
  } else if (protocol !== 'sqs') {
    throw new Error(`A rehearsal delivers from topics to queues only, not to ${protocol} (${properties['Endpoint']})`);
  }
  const given = ATTRIBUTES.filter((name) => properties[name] !== undefined);
  const { SubscriptionArn = '' } = await sns.send(
    new SubscribeCommand({
      TopicArn: String(properties['TopicArn']),
      Protocol: protocol,
      Endpoint: String(properties['Endpoint']),
      ReturnSubscriptionArn: true,
      Attributes: Object.fromEntries(given.map((name) => [name, asText(properties[name])])),
    }),
  );
  return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
}

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
