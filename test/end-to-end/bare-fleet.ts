import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { SlipwayEngine } from '../../lib/engine/slipway-engine.ts';
import { ExampleInstances } from '../../lib/example/example-instances.ts';
import { ExampleNetwork } from '../../lib/example/example-network.ts';
import { AutoScalingDeploymentGroup } from '../../lib/fleet/auto-scaling-deployment-group.ts';

/** Synthesizes another user's app: a fleet on the engine that is already deployed, which declares no revision yet. */
export function synthesizeBareFleet(outdir: string): void {
  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'BareFleet');
  const { vpc } = new ExampleNetwork(stack, 'Network');
  const { autoScalingGroup } = new ExampleInstances(stack, 'Instances', { vpc, desiredCapacity: 1 });
  new AutoScalingDeploymentGroup(stack, 'Bare', {
    engine: SlipwayEngine.deployed(stack, 'Engine'),
    applicationName: 'bare',
    deploymentGroupName: 'bare-fleet',
    autoScalingGroup,
  });
  new CfnOutput(stack, 'AutoScalingGroupName', { value: autoScalingGroup.autoScalingGroupName });
  app.synth();
}
