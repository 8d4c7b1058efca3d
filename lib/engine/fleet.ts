import { Duration, Validations } from 'aws-cdk-lib/core';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { counted } from './engine-metrics.ts';
import { answerTasks, instanceArnPrefix, notifications, processes, standby } from './permissions.ts';

export interface FleetProps extends EnginePartProps {
  readonly table: DeploymentTable;
  readonly instanceDeploymentArn: string;
  readonly fleetDeploymentArn: string;
}

/** Carries out the steps of a deployment to a fleet, and ends those whose execution died. */
export class Fleet extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    const { table, instanceDeploymentArn, fleetDeploymentArn, ...part } = props;
    this.function = engineFunction(this, {
      ...part,
      folder: 'fleet',
      description: 'Opens, watches and ends deployments to fleets',
      timeout: Duration.minutes(2), // ten thousand hosts are read in half a minute
      environment: {
        SLIPWAY_TABLE: table.table.tableName,
        SLIPWAY_FLEET_MACHINE_ARN: fleetDeploymentArn,
        SLIPWAY_INSTANCE_ARN_PREFIX: instanceArnPrefix(this),
      },
      statements: [
        table.allow('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
        ...this.#lookAround(),
        processes(this, 'SuspendProcesses', 'ResumeProcesses'),
        ...standby(this),
        answerTasks(instanceDeploymentArn, fleetDeploymentArn),
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [fleetDeploymentArn] }),
        ...notifications(this),
      ],
      deadLetterQueue: this.#unendedQueue(props),
    });
    this.#endTheDead(fleetDeploymentArn);
    part.alarms.raise(this, 'FleetDeploymentsFailed', {
      metric: counted('FleetDeploymentsFailed'),
      description:
        'A deployment to a fleet failed. Its record names the reason, the records of its targets what went wrong on them.',
    });
  }

  /** Reads what a deployment goes by. None of these actions knows resources to be limited to. */
  #lookAround(): readonly PolicyStatement[] {
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Describing instances and alarms cannot be limited to some of them.',
    });
    return [
      new PolicyStatement({
        actions: ['ec2:DescribeInstances', 'cloudwatch:DescribeAlarms'],
        resources: ['*'],
      }),
    ];
  }

  #endTheDead(fleetDeploymentArn: string): void {
    new Rule(this, 'ExecutionDied', {
      description: 'A deployment to a fleet ended outside its own handling',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [fleetDeploymentArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [new LambdaFunction(this.function)],
    });
  }

  /** Events of dead executions that could not be dealt with after three attempts. */
  #unendedQueue({ alarms }: EnginePartProps): Queue {
    const queue = new Queue(this, 'Unended', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    alarms.raise(this, 'UnendedWaiting', {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      description:
        'The execution of a deployment to a fleet died and the deployment could not be ended: its group takes no other, ' +
        'and processes of its Auto Scaling groups may be suspended. The message is the event; /slipway/fleet says why.',
    });
    return queue;
  }
}
