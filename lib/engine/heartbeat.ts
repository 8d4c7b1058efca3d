import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { lifecycleActions } from './permissions.ts';

export interface HeartbeatProps extends EnginePartProps {
  readonly table: DeploymentTable;
}

/** Keeps a lifecycle action alive while its deployment works, and notices when it is gone. */
export class Heartbeat extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { table, ...part }: HeartbeatProps) {
    super(scope, id);
    this.function = engineFunction(this, {
      ...part,
      folder: 'heartbeat',
      description: 'Records heartbeats of lifecycle actions',
      // It throws both, because a state machine branches on errors.
      errorsMean: 'A lifecycle action was gone before its deployment ended, or a host agent fell silent.',
      environment: { SLIPWAY_TABLE: table.table.tableName },
      statements: [table.allow('GetItem'), lifecycleActions(this, 'RecordLifecycleActionHeartbeat')],
    });
  }
}
