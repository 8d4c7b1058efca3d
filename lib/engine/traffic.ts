import { ArnFormat, Stack, Validations } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { standby } from './permissions.ts';

export interface TrafficProps extends EnginePartProps {
  readonly table: DeploymentTable;
}

/** Takes hosts out of their traffic while they are deployed to, and gives them back. */
export class Traffic extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { table, ...part }: TrafficProps) {
    super(scope, id);
    this.function = engineFunction(this, {
      ...part,
      folder: 'traffic',
      description: 'Takes hosts out of their load balancers and back, by way of Standby where a group asks for it',
      // It throws whenever it is to be called again. What it cannot move fails a deployment, which has an alarm.
      errorsAreFaults: false,
      environment: { SLIPWAY_TABLE: table.table.tableName },
      statements: [
        table.allow('GetItem', 'UpdateItem'),
        ...this.#targetGroups(),
        ...standby(this, 'EnterStandby', 'ExitStandby'),
      ],
    });
  }

  /** Users bring target groups after the engine is deployed, so that no name can be known here. */
  #targetGroups(): PolicyStatement[] {
    const targetGroups = Stack.of(this).formatArn({
      service: 'elasticloadbalancing',
      resource: 'targetgroup',
      resourceName: '*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    Validations.of(this).acknowledge(
      {
        id:
          'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:elasticloadbalancing:<AWS::Region>:<AWS::AccountId>:' +
          'targetgroup/*]',
        reason: 'Two actions on target groups that are declared after the engine.',
      },
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'Elastic Load Balancing knows no resources for its Describe actions.',
      },
    );
    return [
      new PolicyStatement({
        actions: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
        resources: [targetGroups],
      }),
      new PolicyStatement({
        actions: [
          'elasticloadbalancing:DescribeTargetGroups',
          'elasticloadbalancing:DescribeTargetGroupAttributes',
          'elasticloadbalancing:DescribeTargetHealth',
        ],
        resources: ['*'],
      }),
    ];
  }
}
