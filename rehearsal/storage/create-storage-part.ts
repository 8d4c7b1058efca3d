import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientAs } from '../identity/client-as.ts';
import { cloudFormationRole } from '../cloudformation/cloudformation-role.ts';
import type { Ground, Part } from '../part.ts';
import { dynamoDb } from './dynamodb.ts';
import { embeddedStores } from './embedded-stores.ts';
import { messaging } from './messaging.ts';
import { ParameterStore, parameterService, parameterType } from './parameter-store.ts';
import { bucketType } from './resource-types/bucket.ts';
import { encryptionKeyTypes } from './resource-types/encryption-key.ts';
import { resourcePolicyTypes } from './resource-types/policies.ts';
import { queueType } from './resource-types/queue.ts';
import { subscriptionType } from './resource-types/subscription.ts';
import { tableType } from './resource-types/table.ts';
import { topicType } from './resource-types/topic.ts';
import { s3 } from './s3.ts';
import { declared } from '../cloudformation/property-table.ts';
import { storageProperties } from './resource-types/properties.ts';

/** What keeps data: DynamoDB, SQS, SNS and S3 by embedded emulators in a process of their own, and parameters. */
export function createStoragePart(ground: Ground, parameters = new ParameterStore(() => ground.clock.now())): Part {
  const stores = embeddedStores(ground);
  const settings = clientAs(cloudFormationRole(ground), 'storage', ground);
  const tables = new DynamoDBClient(settings);
  const queues = new SQSClient(settings);
  const topics = new SNSClient(settings);
  const buckets = new S3Client(settings);

  return {
    services: [
      dynamoDb(stores, ground),
      messaging(stores, { ...ground, policies: ground.permissions.policies }),
      s3(stores, ground),
      parameterService(parameters, ground),
    ],
    resourceTypes: declared(
      {
        'AWS::DynamoDB::Table': tableType(tables),
        'AWS::DynamoDB::GlobalTable': tableType(tables),
        'AWS::SQS::Queue': queueType(queues),
        'AWS::SNS::Topic': topicType(topics, ground.journal),
        'AWS::SNS::Subscription': subscriptionType(topics, ground.journal),
        'AWS::S3::Bucket': bucketType(buckets, ground),
        'AWS::SSM::Parameter': parameterType(parameters),
        ...encryptionKeyTypes(ground),
        ...resourcePolicyTypes(ground),
      },
      storageProperties,
    ),
    async close() {
      for (const client of [tables, queues, topics, buckets]) client.destroy();
      await stores.close();
    },
  };
}
