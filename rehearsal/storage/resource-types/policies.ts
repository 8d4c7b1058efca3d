import type { Properties, ResourceType, ResourceTypes } from '../../cloudformation/resource-type.ts';
import type { Ground } from '../../part.ts';
import { policyDocument } from '../../permissions/policies.ts';
import { policyResource } from '../../permissions/policy-resource.ts';

/** Resource policies of queues, topics and buckets. */
export function resourcePolicyTypes({ permissions, region, accountId }: Ground) {
  const policyOf = (arnsIn: (properties: Properties) => readonly string[]): ResourceType =>
    policyResource(permissions.policies, (properties) => ({
      arns: arnsIn(properties),
      document: policyDocument(properties['PolicyDocument']),
    }));
  const queueArn = (url: string): string => `arn:aws:sqs:${region}:${accountId}:${url.slice(url.lastIndexOf('/') + 1)}`;
  return {
    'AWS::SQS::QueuePolicy': policyOf(({ Queues }) => (Queues as string[]).map(queueArn)),
    'AWS::SNS::TopicPolicy': policyOf(({ Topics }) => Topics as string[]),
    'AWS::S3::BucketPolicy': policyOf(({ Bucket }) => [`arn:aws:s3:::${String(Bucket)}`]),
  } satisfies ResourceTypes;
}
