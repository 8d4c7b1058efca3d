import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { counted } from './engine-metrics.ts';
import { answerTasks, instanceArnPrefix, lifecycleActions, notifications, standby } from './permissions.ts';

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
      environment: { SLIPWAY_TABLE: table.table.tableName, SLIPWAY_INSTANCE_ARN_PREFIX: instanceArnPrefix(this) },
      statements: [
        table.allow('GetItem', 'PutItem', 'UpdateItem'),
        lifecycleActions(this, 'CompleteLifecycleAction'),
        ...standby(this),
        answerTasks(stateMachineArn, fleetMachineArn),
        ...notifications(this),
      ],
    });
    part.alarms.raise(this, 'DeploymentsFailed', {
      metric: counted('DeploymentsFailed'),
      description:
        'A deployment failed. Auto Scaling abandons an instance whose launch deployment failed and launches another, ' +
        'again and again until the revision is mended. See /slipway/orchestrator for the reason.',
    });
  }
}
