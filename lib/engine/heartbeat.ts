import { Duration } from 'aws-cdk-lib/core';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { counted } from './engine-metrics.ts';
import { lifecycleActions } from './permissions.ts';

/** Far above what it needs: two calls. */
const TIMEOUT = Duration.seconds(30);

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
      timeout: TIMEOUT,
      // A state machine branches on errors: that an action is gone, or a host silent, is one. It counts the others itself.
      errorsAreFaults: false,
      environment: { SLIPWAY_TABLE: table.table.tableName },
      statements: [table.allow('GetItem'), lifecycleActions(this, 'RecordLifecycleActionHeartbeat')],
    });
    part.alarms.raise(this, 'Failed', {
      metric: counted('HeartbeatsFailed'),
      description:
        'A heartbeat failed; the state machine tries again. Auto Scaling ends a lifecycle action that no heartbeat ' +
        'reaches. The log group /slipway/heartbeat says why.',
    });
    part.alarms.raise(this, 'TimedOut', {
      // Whoever runs out of time counts nothing any more.
      metric: this.function.metricDuration({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: TIMEOUT.toMilliseconds(),
      description: 'A heartbeat took so long that Lambda ended it; the state machine tries again.',
    });
    part.alarms.raise(this, 'DeadlinesNear', {
      metric: counted('DeadlinesNear'),
      description:
        'Four fifths of the time that a lifecycle action may last are over, and no heartbeat puts its end off. The ' +
        'deployment is ended two minutes before. See /slipway/heartbeat for the instance and the moment.',
    });
  }
}
