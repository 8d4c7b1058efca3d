/** A service whose SDK client is at hand. */
export interface SdkService {
  load(): Promise<object>;
  /** Prefix of the package's exported names: `DynamoDB` for `DynamoDBClient`, `DynamoDBServiceException`. */
  readonly client: string;
  /** How an aws-sdk integration names it in errors: `DynamoDb.ConditionalCheckFailedException`. */
  readonly errorPrefix: string;
  /** The API's members begin with small letters; Step Functions' never do. */
  readonly smallLetters?: true;
}

/** By the name in `arn:aws:states:::aws-sdk:<name>:<action>`. */
export const SDK_SERVICES: Readonly<Record<string, SdkService>> = {
  autoscaling: {
    load: () => import('@aws-sdk/client-auto-scaling'),
    client: 'AutoScaling',
    errorPrefix: 'AutoScaling',
  },
  dynamodb: { load: () => import('@aws-sdk/client-dynamodb'), client: 'DynamoDB', errorPrefix: 'DynamoDb' },
  ec2: { load: () => import('@aws-sdk/client-ec2'), client: 'EC2', errorPrefix: 'Ec2' },
  elasticloadbalancingv2: {
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
    client: 'ElasticLoadBalancingV2',
    errorPrefix: 'ElasticLoadBalancingV2',
  },
  eventbridge: { load: () => import('@aws-sdk/client-eventbridge'), client: 'EventBridge', errorPrefix: 'EventBridge' },
  lambda: { load: () => import('@aws-sdk/client-lambda'), client: 'Lambda', errorPrefix: 'Lambda' },
  s3: { load: () => import('@aws-sdk/client-s3'), client: 'S3', errorPrefix: 'S3' },
  sfn: { load: () => import('@aws-sdk/client-sfn'), client: 'SFN', errorPrefix: 'Sfn', smallLetters: true },
  sns: { load: () => import('@aws-sdk/client-sns'), client: 'SNS', errorPrefix: 'Sns' },
  sqs: { load: () => import('@aws-sdk/client-sqs'), client: 'SQS', errorPrefix: 'Sqs' },
};
