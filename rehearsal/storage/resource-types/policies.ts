import type { Properties, ResourceContext, ResourceType, ResourceTypes } from '../../cloudformation/resource-type.ts';
import { policyId } from '../../identity/role-policies.ts';
import type { Ground } from '../../part.ts';
import { policyDocument } from '../../permissions/policies.ts';

/** Resource policies of queues, topics and buckets: written down for whoever checks calls. */
export function resourcePolicyTypes({ permissions, region, accountId }: Ground): ResourceTypes {
  const policyOf = (arnsIn: (properties: Properties) => readonly string[]): ResourceType => {
    const put = (properties: Properties, context: ResourceContext): void => {
      const policy = { id: policyId(context), document: policyDocument(properties['PolicyDocument']) };
      permissions.policies.removeResourcePolicy(policy.id);
      for (const arn of arnsIn(properties)) permissions.policies.putResourcePolicy(arn, policy);
    };
    return {
      async create(properties, context) {
        put(properties, context);
        return { physicalId: context.generateName() };
      },
      async update(physicalId, properties, _previous, context) {
        put(properties, context);
        return { physicalId };
      },
      async delete(_physicalId, _properties, context) {
        permissions.policies.removeResourcePolicy(policyId(context));
      },
    };
  };
  const queueArn = (url: string): string => `arn:aws:sqs:${region}:${accountId}:${url.slice(url.lastIndexOf('/') + 1)}`;
  return {
    'AWS::SQS::QueuePolicy': policyOf(({ Queues }) => (Queues as string[]).map(queueArn)),
    'AWS::SNS::TopicPolicy': policyOf(({ Topics }) => Topics as string[]),
    'AWS::S3::BucketPolicy': policyOf(({ Bucket }) => [`arn:aws:s3:::${String(Bucket)}`]),
  };
}
