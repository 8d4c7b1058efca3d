import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundling, REPOSITORY } from '../bundling/bundle.ts';
import type { EngineAlarms, WatchedFunction } from './engine-alarms.ts';
import { ENGINE_METRICS } from './engine-metrics.ts';

/** What every part of the engine with a function or a log is given. */
export interface EnginePartProps {
  readonly alarms: EngineAlarms;
  readonly logRetention: RetentionDays;
}

export interface EngineFunctionProps extends EnginePartProps, WatchedFunction {
  readonly description: string;
  /** @default 30 seconds: far above what any function here needs, so that only a fault reaches it */
  readonly timeout?: Duration;
  /** Added to what every function has. */
  readonly environment: Readonly<Record<string, string>>;
  /** All that it may do, besides writing its own log. */
  readonly statements: readonly PolicyStatement[];
  /** Whether alarms watch it; not where CloudFormation itself tells whoever deploys. @default true */
  readonly isWatched?: boolean;
  /** Takes asynchronous events that failed three times. @default they are dropped */
  readonly deadLetterQueue?: IQueue;
}

/**
 * One function of the engine with its role, its log group and its alarms, in `scope`.
 * There is no reserved concurrency: it would take from the account's pool while nothing deploys.
 */
export function engineFunction(scope: Construct, props: EngineFunctionProps): LambdaFunction {
  const logGroup = new LogGroup(scope, 'Logs', {
    logGroupName: `/slipway/${props.folder}`,
    retention: props.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // A role of our own: the managed policy that CDK would attach may write to every log group of the account.
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  for (const statement of props.statements) role.addToPolicy(statement);

  const fn = new LambdaFunction(scope, 'Function', {
    description: props.description,
    code: Code.fromAsset(
      join(REPOSITORY, 'lambdas', props.folder),
      bundling({ entry: `lambdas/${props.folder}/handler.ts`, file: 'index.cjs', target: 'node24' }),
    ),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64, // a fifth cheaper per second than x86
    memorySize: 512, // processor time comes with memory: below this a start takes longer and costs no less
    timeout: props.timeout ?? Duration.seconds(30),
    role,
    logGroup,
    environment: {
      POWERTOOLS_SERVICE_NAME: ENGINE_METRICS.service,
      POWERTOOLS_METRICS_NAMESPACE: ENGINE_METRICS.namespace,
      POWERTOOLS_LOG_LEVEL: 'INFO',
      ...props.environment,
    },
    ...(props.deadLetterQueue && { deadLetterQueue: props.deadLetterQueue }),
  });
  if (props.isWatched ?? true) props.alarms.watch(scope, fn, props);
  return fn;
}
