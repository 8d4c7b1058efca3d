import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeploymentTable } from './deployment-table.ts';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';
import { answerTasks, processes, revisions } from './permissions.ts';

export interface RolloutFunctionProps extends EnginePartProps {
  readonly table: DeploymentTable;
  readonly fleetMachineArn: string;
  /** Where revisions lie. @default any bucket of this account */
  readonly revisionBucketNames?: readonly string[] | undefined;
}

/**
 * Serves `Custom::SlipwayRollout`: a changed revision of a user's template comes to the hosts that there are. It begins
 * deployments and does not wait for them; the function that ends them answers CloudFormation.
 */
export class RolloutFunction extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, props: RolloutFunctionProps) {
    super(scope, id);
    const { table, fleetMachineArn, revisionBucketNames, ...part } = props;
    this.function = engineFunction(this, {
      ...part,
      folder: 'rollout',
      description: 'Rolls out revisions that templates declare',
      timeout: Duration.minutes(1), // ten thousand hosts are looked up in half of it
      environment: { SLIPWAY_TABLE: table.table.tableName, SLIPWAY_FLEET_MACHINE_ARN: fleetMachineArn },
      statements: [
        table.allow('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [fleetMachineArn] }),
        answerTasks(fleetMachineArn),
        ...this.#lookAround(),
        processes(this, 'ResumeProcesses'), // a revision that nobody runs yet lets launches go on
        ...revisions(this, revisionBucketNames),
      ],
    });
  }

  #lookAround(): readonly PolicyStatement[] {
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Describing Auto Scaling groups cannot be limited to some of them.',
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stack/*/*]',
      reason: 'Reads the status of stacks that are deployed after the engine, of whatever name those are.',
    });
    const stacks = Stack.of(this).formatArn({
      service: 'cloudformation',
      resource: 'stack',
      resourceName: '*/*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    return [
      new PolicyStatement({ actions: ['autoscaling:DescribeAutoScalingGroups'], resources: ['*'] }),
      new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [stacks] }),
    ];
  }
}
