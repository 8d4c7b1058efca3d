import {
  NOT_BILLED,
  NOT_PROTECTED,
  NOTHING_IS_ENCRYPTED,
  type PropertyTable,
} from '../../cloudformation/property-table.ts';

const READ_BY_PEOPLE = 'for people who read it';

const table = {
  honoured: [
    'AttributeDefinitions',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'TableName',
    'TimeToLiveSpecification',
  ],
  withoutEffect: {
    'tables are on demand; throttles are set for the whole rehearsal': [
      'BillingMode',
      'OnDemandThroughput',
      'ProvisionedThroughput',
      'WarmThroughput',
    ],
    [NOTHING_IS_ENCRYPTED]: ['SSESpecification'],
    [NOT_PROTECTED]: ['DeletionProtectionEnabled', 'PointInTimeRecoverySpecification'],
    [NOT_BILLED]: ['ContributorInsightsSpecification', 'TableClass', 'Tags'],
  },
} satisfies PropertyTable;

/** What becomes of the properties of the resource types that keep data. */
export const storageProperties = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': {
    honoured: table.honoured,
    withoutEffect: {
      ...table.withoutEffect,
      'there is one Region': ['Replicas'],
      'tables are on demand': ['WriteOnDemandThroughputSettings', 'WriteProvisionedThroughputSettings'],
    },
  },
  'AWS::SQS::Queue': {
    honoured: [
      'ContentBasedDeduplication',
      'DelaySeconds',
      'FifoQueue',
      'MaximumMessageSize',
      'QueueName',
      'ReceiveMessageWaitTimeSeconds',
      'RedriveAllowPolicy',
      'RedrivePolicy',
      'VisibilityTimeout',
    ],
    withoutEffect: {
      'told by GetQueueAttributes: messages do not expire here': ['MessageRetentionPeriod'],
      [NOTHING_IS_ENCRYPTED]: ['KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'SqsManagedSseEnabled'],
      [NOT_BILLED]: ['Tags'],
      'FIFO queues have one throughput': ['DeduplicationScope', 'FifoThroughputLimit'],
    },
  },
  'AWS::SNS::Topic': {
    honoured: ['ContentBasedDeduplication', 'DisplayName', 'FifoTopic', 'Subscription', 'TopicName'],
    withoutEffect: {
      [NOTHING_IS_ENCRYPTED]: ['KmsMasterKeyId'],
      [NOT_BILLED]: ['Tags'],
      'messages are delivered within the rehearsal, unsigned and untraced': ['SignatureVersion', 'TracingConfig'],
    },
  },
  'AWS::SNS::Subscription': {
    honoured: [
      'Endpoint',
      'FilterPolicy',
      'FilterPolicyScope',
      'Protocol',
      'RawMessageDelivery',
      'RedrivePolicy',
      'TopicArn',
    ],
    withoutEffect: { 'there is one Region': ['Region'] },
  },
  'AWS::S3::Bucket': {
    honoured: ['BucketName'],
    withoutEffect: {
      [NOTHING_IS_ENCRYPTED]: ['BucketEncryption'],
      'objects have no versions and do not expire': ['LifecycleConfiguration', 'VersioningConfiguration'],
      'bucket policies decide, public access does not occur': [
        'AccessControl',
        'OwnershipControls',
        'PublicAccessBlockConfiguration',
      ],
      'nobody reads logs and inventories of a bucket': [
        'IntelligentTieringConfigurations',
        'InventoryConfigurations',
        'LoggingConfiguration',
        'MetricsConfigurations',
      ],
      [NOT_BILLED]: ['Tags'],
    },
  },
  'AWS::SSM::Parameter': {
    honoured: ['Name', 'Type', 'Value'],
    withoutEffect: {
      [READ_BY_PEOPLE]: ['Description', 'Tags'],
      'values are not checked, and do not expire': ['AllowedPattern', 'DataType', 'Policies', 'Tier'],
    },
  },
  'AWS::KMS::Key': {
    honoured: [],
    withoutEffect: {
      [NOTHING_IS_ENCRYPTED]: [
        'Description',
        'EnableKeyRotation',
        'Enabled',
        'KeyPolicy',
        'KeySpec',
        'KeyUsage',
        'PendingWindowInDays',
        'RotationPeriodInDays',
        'Tags',
      ],
    },
  },
  'AWS::KMS::Alias': { honoured: ['AliasName'], withoutEffect: { [NOTHING_IS_ENCRYPTED]: ['TargetKeyId'] } },
  'AWS::SQS::QueuePolicy': { honoured: ['PolicyDocument', 'Queues'] },
  'AWS::SNS::TopicPolicy': { honoured: ['PolicyDocument', 'Topics'] },
  'AWS::S3::BucketPolicy': { honoured: ['Bucket', 'PolicyDocument'] },
} satisfies Record<string, PropertyTable>;
