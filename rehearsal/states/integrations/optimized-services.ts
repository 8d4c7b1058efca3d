import type { OptimizedNames } from './service-error.ts';

/** A service that Step Functions integrates by hand. */
export interface OptimizedService {
  /** Key of the SDK service that does the work. */
  readonly sdk: string;
  readonly names: OptimizedNames;
  readonly actions: readonly string[];
}

/** By the name in `arn:aws:states:::<name>:<action>`. */
export const OPTIMIZED_SERVICES: Readonly<Record<string, OptimizedService>> = {
  dynamodb: {
    sdk: 'dynamodb',
    names: { prefix: 'DynamoDB', unmodelled: 'AmazonDynamoDBException', service: 'AmazonDynamoDBv2' },
    actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  },
  events: {
    sdk: 'eventbridge',
    names: { prefix: 'EventBridge', unmodelled: 'AmazonEventBridgeException', service: 'AmazonEventBridge' },
    actions: ['putEvents'],
  },
  lambda: {
    sdk: 'lambda',
    names: { prefix: 'Lambda', unmodelled: 'AWSLambdaException', service: 'AWSLambda' },
    actions: ['invoke'],
  },
  sns: {
    sdk: 'sns',
    names: { prefix: 'SNS', unmodelled: 'AmazonSNSException', service: 'AmazonSNS' },
    actions: ['publish'],
  },
  sqs: {
    sdk: 'sqs',
    names: { prefix: 'SQS', unmodelled: 'AmazonSQSException', service: 'AmazonSQS' },
    actions: ['sendMessage'],
  },
  states: {
    sdk: 'sfn',
    names: { prefix: 'StepFunctions', unmodelled: 'AWSStepFunctionsException', service: 'AWSStepFunctions' },
    actions: ['startExecution'],
  },
};
