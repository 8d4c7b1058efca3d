import { Duration } from 'aws-cdk-lib/core';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { answerTasks, instanceArnPrefix, lifecycleActions, notifications, processes, standby } from './permissions.ts';

export interface DeadExecutionProps extends EnginePartProps {
  readonly table: DeploymentTable;
  readonly stateMachineArn: string;
  /** Of the machine whose targets these are: the last of them wakes it. */
  readonly fleetMachineArn: string;
}

/** Completes the lifecycle action of an execution that ended without doing so itself. */
export class DeadExecution extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { table, stateMachineArn, fleetMachineArn, ...part }: DeadExecutionProps) {
    super(scope, id);
    const unsettled = this.#unsettledQueue(part);
    this.function = engineFunction(this, {
      ...part,
      folder: 'dead-execution',
      description: 'Settles executions that failed, timed out or were aborted',
      environment: {
        SLIPWAY_TABLE: table.table.tableName,
        SLIPWAY_INSTANCE_ARN_PREFIX: instanceArnPrefix(this),
        SLIPWAY_ALARM_TOPIC_ARN: part.alarms.topic.topicArn,
      },
      statements: [
        table.allow('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
        lifecycleActions(this, 'CompleteLifecycleAction'),
        ...standby(this),
        processes(this, 'SuspendProcesses', 'ResumeProcesses'),
        answerTasks(stateMachineArn, fleetMachineArn),
        ...notifications(this),
      ],
      deadLetterQueue: unsettled,
    });
    new Rule(this, 'ExecutionDied', {
      description: 'An instance deployment ended outside its own handling',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [new LambdaFunction(this.function)],
    });
  }

  /** Events of dead executions that could not be settled after three attempts. */
  #unsettledQueue({ alarms }: EnginePartProps): Queue {
    const queue = new Queue(this, 'Unsettled', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    alarms.raise(this, 'UnsettledWaiting', {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      description:
        'An execution died and its lifecycle action could not be completed; the hook’s default result applies when ' +
        'its timeout ends. The message is the event; see /slipway/dead-execution for the reason.',
    });
    return queue;
  }
}
