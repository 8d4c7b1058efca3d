import { ArnFormat, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { fleetDeployment } from '../machines/fleet-deployment.ts';
import type { DeploymentTable } from './deployment-table.ts';
import type { EngineAlarms } from './engine-alarms.ts';
import type { EnginePartProps } from './engine-function.ts';
import { INSTANCE_DEPLOYMENT_NAME } from './instance-deployment-machine.ts';

const STATE_MACHINE_NAME = 'Slipway-FleetDeployment';

/** What the machine joins and stops: the work on its targets, and the children of its Map. */
const EXECUTIONS = [`${INSTANCE_DEPLOYMENT_NAME}:*`, `${STATE_MACHINE_NAME}/DeployToTargets:*`];

/** The machine's ARN before there is a machine: see `instanceDeploymentArn`. */
export function fleetDeploymentArn(scope: Construct): string {
  return arn(scope, 'stateMachine', STATE_MACHINE_NAME);
}

export interface FleetDeploymentMachineProps extends EnginePartProps {
  readonly fleet: IFunction;
  readonly instanceDeployment: StateMachine;
  readonly table: DeploymentTable;
}

/** The state machine that deploys to a fleet. */
export class FleetDeploymentMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: FleetDeploymentMachineProps) {
    super(scope, id);
    const { fleet, table, instanceDeployment } = props;
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: STATE_MACHINE_NAME,
      stateMachineType: StateMachineType.STANDARD,
      comment: 'Deploys a revision to a fleet',
      definitionBody: DefinitionBody.fromString(
        JSON.stringify(
          fleetDeployment({
            partition: Stack.of(this).partition,
            fleetFunctionArn: fleet.functionArn,
            instanceDeploymentArn: instanceDeployment.stateMachineArn,
            tableName: table.table.tableName,
          }),
        ),
      ),
      role: this.#role(props),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${STATE_MACHINE_NAME}`, // see InstanceDeploymentMachine
          retention: props.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false, // task tokens must not reach a log
      },
    });
    this.#watch(props.alarms);
  }

  #role({ fleet, table, instanceDeployment }: FleetDeploymentMachineProps): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    const statements = [
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fleet.functionArn] }),
      table.allow('UpdateItem'), // the machine itself writes the token of the lane that watches
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: [instanceDeployment.stateMachineArn, fleetDeploymentArn(this)], // its Map starts children of its own
      }),
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: EXECUTIONS.map((name) => arn(this, 'execution', name)),
      }),
      new PolicyStatement({
        // How Step Functions hears of the end of an execution that it waits for; the rule is its own.
        actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        resources: [
          Stack.of(this).formatArn({
            service: 'events',
            resource: 'rule',
            resourceName: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
          }),
        ],
      }),
    ];
    for (const statement of statements) role.addToPolicy(statement);
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Log delivery (logs:*LogDelivery, …) and X-Ray have no resources to name; CDK adds exactly what they need.',
    });
    for (const name of EXECUTIONS) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}]`,
        reason: 'Executions are named for what they deploy, and those of a Map by Step Functions.',
      });
    }
    return role;
  }

  #watch(alarms: EngineAlarms): void {
    const period = Duration.minutes(1);
    const consequence = 'The fleet function ends the deployment. See the execution’s history for the reason.';
    alarms.raise(this, 'Failed', {
      metric: this.stateMachine.metricFailed({ period }),
      description: `A deployment to a fleet failed outside its own handling of failures. ${consequence}`,
    });
    alarms.raise(this, 'TimedOut', {
      metric: this.stateMachine.metricTimedOut({ period }),
      description: `A deployment to a fleet ran into the time limit of its execution. ${consequence}`,
    });
    alarms.raise(this, 'Aborted', {
      metric: this.stateMachine.metricAborted({ period }),
      description: `Somebody aborted the execution of a deployment to a fleet. ${consequence}`,
    });
  }
}

function arn(scope: Construct, resource: string, resourceName: string): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource,
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
