import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { counted } from './engine-metrics.ts';
import { answerTasks, instanceArnPrefix, lifecycleActions, notifications, processes, standby } from './permissions.ts';

export interface OrchestratorProps extends EnginePartProps {
  readonly table: DeploymentTable;
  readonly stateMachineArn: string;
  /** Of the machine whose targets these are: the last of them wakes it. */
  readonly fleetMachineArn: string;
}

/** Carries out the steps of an instance deployment, one invocation per step. */
export class Orchestrator extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { table, stateMachineArn, fleetMachineArn, ...part }: OrchestratorProps) {
    super(scope, id);
    this.function = engineFunction(this, {
      ...part,
      folder: 'orchestrator',
      description: 'Opens, runs and settles instance deployments',
      environment: {
        SLIPWAY_TABLE: table.table.tableName,
        SLIPWAY_INSTANCE_ARN_PREFIX: instanceArnPrefix(this),
        SLIPWAY_ALARM_TOPIC_ARN: part.alarms.topic.topicArn,
      },
      statements: [
        table.allow('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'),
        lifecycleActions(this, 'CompleteLifecycleAction'),
        ...standby(this),
        processes(this, 'SuspendProcesses', 'ResumeProcesses'),
        answerTasks(stateMachineArn, fleetMachineArn),
        ...notifications(this),
      ],
    });
    part.alarms.raise(this, 'DeploymentsFailed', {
      metric: counted('DeploymentsFailed'),
      description:
        'A deployment failed. Auto Scaling abandons an instance whose launch deployment failed and launches another. ' +
        'See /slipway/orchestrator for the reason.',
    });
    part.alarms.raise(this, 'NotificationsFailed', {
      metric: counted('NotificationsFailed'),
      description:
        'People or systems were not told of a deployment: a topic of a trigger, or the event bus, refused the message. ' +
        'Deployments go on. /slipway/orchestrator, /slipway/fleet or /slipway/dead-execution names the topic.',
    });
    part.alarms.raise(this, 'RevisionsWithdrawn', {
      metric: counted('RevisionsWithdrawn'),
      description:
        'Launches of a revision kept failing, and it is launched no more: new hosts get the last one that succeeded, or ' +
        'launches are held. A message to this topic says which, with the script that failed and its output.',
    });
  }
}
