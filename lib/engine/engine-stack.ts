import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { SlipwayEngine } from './slipway-engine.ts';
import type { SlipwayEngineProps } from './slipway-engine.ts';

/** The engine in a stack of its own. */
export class EngineStack extends Stack {
  readonly engine: SlipwayEngine;

  constructor(scope: Construct, id: string, props: StackProps & SlipwayEngineProps = {}) {
    super(scope, id, { description: 'Slipway: the deployment engine of this account and Region', ...props });
    this.engine = new SlipwayEngine(this, 'Engine', props);

    const { commandServiceUrl, tableName, lifecycleQueueUrl, stateMachineArn, fleetMachineArn, alarmTopicArn, apiUrl } =
      this.engine;
    new CfnOutput(this, 'CommandServiceUrl', { value: commandServiceUrl, description: 'Where host agents poll' });
    new CfnOutput(this, 'ApiUrl', { value: apiUrl, description: 'CodeDeploy’s own API' });
    new CfnOutput(this, 'TableName', { value: tableName, description: 'The record of all deployments' });
    new CfnOutput(this, 'LifecycleQueueUrl', {
      value: lifecycleQueueUrl,
      description: 'Where lifecycle actions arrive',
    });
    new CfnOutput(this, 'StateMachineArn', { value: stateMachineArn, description: 'One execution per instance' });
    new CfnOutput(this, 'FleetMachineArn', {
      value: fleetMachineArn,
      description: 'One execution per fleet deployment',
    });
    new CfnOutput(this, 'AlarmTopicArn', { value: alarmTopicArn, description: 'Subscribe whoever is on call' });
  }
}
