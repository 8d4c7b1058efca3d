import { ArnFormat, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { instanceDeployment } from '../machines/instance-deployment.ts';
import type { DeploymentTable } from './deployment-table.ts';
import type { EngineAlarms } from './engine-alarms.ts';
import type { EnginePartProps } from './engine-function.ts';

/** Its executions are found by this name. */
export const INSTANCE_DEPLOYMENT_NAME = 'Slipway-InstanceDeployment';

/**
 * The machine's ARN before there is a machine. Its functions need the ARN in their permissions while the machine needs
 * the functions' ARNs in its definition; a fixed name unties that knot, and reads well in the console.
 */
export function instanceDeploymentArn(scope: Construct): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: INSTANCE_DEPLOYMENT_NAME,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

export interface InstanceDeploymentMachineProps extends EnginePartProps {
  readonly orchestrator: IFunction;
  readonly heartbeat: IFunction;
  readonly traffic: IFunction;
  readonly table: DeploymentTable;
}

/** The state machine that deploys to one instance. */
export class InstanceDeploymentMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: InstanceDeploymentMachineProps) {
    super(scope, id);
    const { orchestrator, heartbeat, traffic, table } = props;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [orchestrator.functionArn, heartbeat.functionArn, traffic.functionArn],
      }),
    );
    role.addToPolicy(table.allow('UpdateItem')); // the machine itself writes the token of a lane that waits

    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: INSTANCE_DEPLOYMENT_NAME,
      stateMachineType: StateMachineType.STANDARD,
      comment: 'Deploys a revision to one instance, or lets it go in order',
      definitionBody: DefinitionBody.fromString(
        JSON.stringify(
          instanceDeployment({
            partition: Stack.of(this).partition,
            orchestratorFunctionArn: orchestrator.functionArn,
            heartbeatFunctionArn: heartbeat.functionArn,
            trafficFunctionArn: traffic.functionArn,
            tableName: table.table.tableName,
          }),
        ),
      ),
      role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // Step Functions grows a resource policy per log group until it is full, unless the name begins so.
          logGroupName: `/aws/vendedlogs/states/${INSTANCE_DEPLOYMENT_NAME}`,
          retention: props.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false, // inputs hold lifecycle action tokens, which must not reach a log
      },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Log delivery (logs:*LogDelivery, …) and X-Ray have no resources to name; CDK adds exactly what they need.',
    });
    this.#watch(props.alarms);
  }

  #watch(alarms: EngineAlarms): void {
    const period = Duration.minutes(1);
    const consequence = 'dead-execution completes its lifecycle action. See the execution’s history for the reason.';
    alarms.raise(this, 'Failed', {
      metric: this.stateMachine.metricFailed({ period }),
      description: `An instance deployment failed outside its own handling of failures; ${consequence}`,
    });
    alarms.raise(this, 'TimedOut', {
      metric: this.stateMachine.metricTimedOut({ period }),
      description: `An instance deployment ran into its time limit; ${consequence}`,
    });
    alarms.raise(this, 'Aborted', {
      metric: this.stateMachine.metricAborted({ period }),
      description: `Somebody stopped an instance deployment; ${consequence}`,
    });
    alarms.raise(this, 'Throttled', {
      metric: this.stateMachine.metricThrottled({ period: Duration.minutes(5) }),
      description:
        'Step Functions throttles state transitions in this account and Region: deployments are late, none is lost.',
    });
  }
}
