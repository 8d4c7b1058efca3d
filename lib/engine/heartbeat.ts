import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { answerTasks, lifecycleActions } from './permissions.ts';

export interface HeartbeatProps extends EnginePartProps {
  readonly table: DeploymentTable;
  readonly stateMachineArn: string;
}

/** Keeps a lifecycle action alive while its deployment works, and stops the work when the action is gone. */
export class Heartbeat extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { table, stateMachineArn, ...part }: HeartbeatProps) {
    super(scope, id);
    this.function = engineFunction(this, {
      ...part,
      folder: 'heartbeat',
      description: 'Records heartbeats of lifecycle actions',
      environment: { SLIPWAY_TABLE: table.table.tableName },
      statements: [
        table.allow('GetItem', 'UpdateItem'),
        lifecycleActions(this, 'RecordLifecycleActionHeartbeat'),
        answerTasks(stateMachineArn),
      ],
    });
  }
}
