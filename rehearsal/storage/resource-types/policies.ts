import type { ResourceType, ResourceTypes } from '../../cloudformation/resource-type.ts';

/**
 * Resource policies of queues, topics and buckets. A rehearsal does not judge permissions, so that they
 * change nothing one could see: each is accepted and forgotten.
 */
export const resourcePolicyTypes: ResourceTypes = {
  'AWS::SQS::QueuePolicy': acceptedPolicy(),
  'AWS::SNS::TopicPolicy': acceptedPolicy(),
  'AWS::S3::BucketPolicy': acceptedPolicy(),
};

function acceptedPolicy(): ResourceType {
  return {
    create: (_properties, context) => Promise.resolve({ physicalId: context.generateName() }),
    update: (physicalId) => Promise.resolve({ physicalId }),
  };
}
