import { Duration } from 'aws-cdk-lib/core';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { counted } from './engine-metrics.ts';
import type { EngineAttributes } from './engine.ts';
import { examineHooks } from './permissions.ts';

export interface DoctorProps extends EnginePartProps {
  readonly table: DeploymentTable;
  /** What hooks of ours are told from others by. */
  readonly hookTarget: Pick<EngineAttributes, 'lifecycleQueueArn' | 'hookRoleArn'>;
}

/** Looks once a day for what `slipway doctor` looks for, and raises an alarm. */
export class Doctor extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { table, hookTarget, ...part }: DoctorProps) {
    super(scope, id);
    this.function = engineFunction(this, {
      ...part,
      folder: 'doctor',
      description: 'Finds hooks that are missing, orphaned, duplicated or edited',
      timeout: Duration.minutes(15), // Auto Scaling tells the hooks of one group at a time, and not many a second
      environment: {
        SLIPWAY_TABLE: table.table.tableName,
        SLIPWAY_LIFECYCLE_QUEUE_ARN: hookTarget.lifecycleQueueArn,
        SLIPWAY_HOOK_ROLE_ARN: hookTarget.hookRoleArn,
      },
      statements: [
        table.allow('GetItem', 'Query'),
        table.allowLists('ofGroup'),
        ...examineHooks(this, hookTarget.hookRoleArn),
      ],
    });
    const day = Duration.days(1);
    new Rule(this, 'Daily', {
      description: 'The daily examination of all hooks',
      schedule: Schedule.rate(day),
      targets: [new LambdaFunction(this.function)],
    });
    part.alarms.raise(this, 'DoctorFindings', {
      metric: counted('DoctorFindings').with({ period: day }),
      description:
        'Hooks, or what depends on them, are not as they should be: instances may start or leave without a deployment. ' +
        'slipway doctor names each finding with its remedy, and slipway doctor --fix mends hooks. /slipway/doctor has them too.',
    });
  }
}
