import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { describeGroups, processes } from './permissions.ts';

export interface RegistrationProps extends EnginePartProps {
  readonly table: DeploymentTable;
}

/**
 * Serves `Custom::SlipwayDeploymentGroup`: a deployment group of a user's template becomes known to the engine.
 * CloudFormation invokes it with the rights of whoever deploys, so that it needs no permission of its own to be called.
 */
export class Registration extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { table, ...part }: RegistrationProps) {
    super(scope, id);
    this.function = engineFunction(this, {
      ...part,
      folder: 'registration',
      description: 'Registers deployment groups that templates declare',
      environment: { SLIPWAY_TABLE: table.table.tableName },
      statements: [
        table.allow('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
        describeGroups(this),
        processes(this, 'ResumeProcesses'), // a new revision lets launches go on
      ],
    });
  }
}
