import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { counted } from './engine-metrics.ts';
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
      // It throws all three, because a state machine branches on errors.
      errorsMean:
        'A lifecycle action was gone before its deployment ended or about to end, or a host agent fell silent.',
      environment: { SLIPWAY_TABLE: table.table.tableName },
      statements: [table.allow('GetItem'), lifecycleActions(this, 'RecordLifecycleActionHeartbeat')],
    });
    part.alarms.raise(this, 'DeadlinesNear', {
      metric: counted('DeadlinesNear'),
      description:
        'Four fifths of the time that a lifecycle action may last are over, and no heartbeat puts its end off. The ' +
        'deployment is ended two minutes before. See /slipway/heartbeat for the instance and the moment.',
    });
  }
}
