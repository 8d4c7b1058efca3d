import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, LaunchTemplate, MachineImage, UserData, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IVpc, LaunchTemplateProps } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Engine } from '../../../lib/engine/engine.ts';
import { AutoScalingDeploymentGroup } from '../../../lib/fleet/auto-scaling-deployment-group.ts';
import type { AutoScalingDeploymentGroupProps } from '../../../lib/fleet/auto-scaling-deployment-group.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** An engine that stands elsewhere, with names a test can recognise. */
export class AnEngine extends Construct implements Engine {
  readonly lifecycleQueueArn = 'arn:aws:sqs:us-east-1:123456789012:lifecycle-actions';
  readonly hookRoleArn = 'arn:aws:iam::123456789012:role/hook-role';
  readonly registrationFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:registration';
  readonly rolloutFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:rollout';
  readonly commandServiceUrl = 'https://commands.lambda-url.us-east-1.on.aws/';
  readonly commandFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:commands';
  readonly agentBucketName = 'assets';
  readonly agentX86ObjectKey = 'agent-x86-64.gz';
  readonly agentArm64ObjectKey = 'agent-arm64.gz';
}

export interface AFleet {
  readonly stack: Stack;
  readonly engine: Engine;
  readonly autoScalingGroup: AutoScalingGroup;
}

/**
 * A user's stack with an Auto Scaling group that knows nothing of Slipway yet. Its template is not validated, which takes
 * longer than all else; `aws-solutions-checks.test.ts` does so once.
 */
export function aFleet(launchTemplate: Partial<LaunchTemplateProps> = {}, { role = true } = {}): AFleet {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Fleet', {
    env: { account: '123456789012', region: 'us-east-1' },
  });
  const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['us-east-1a'] }) as IVpc;
  const autoScalingGroup = new AutoScalingGroup(stack, 'Group', {
    vpc,
    launchTemplate: new LaunchTemplate(stack, 'LaunchTemplate', {
      machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
      instanceType: new InstanceType('t4g.micro'),
      userData: UserData.forLinux(),
      ...(role && { role: new Role(stack, 'InstanceRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }) }),
      ...launchTemplate,
    }),
  });
  return { stack, autoScalingGroup, engine: new AnEngine(stack, 'Engine') };
}

/** The deployment group `web/web-fleet` on that fleet. */
export function deployedTo(
  { stack, engine, autoScalingGroup }: AFleet,
  props: Partial<AutoScalingDeploymentGroupProps> = {},
  id = 'Web',
): AutoScalingDeploymentGroup {
  return new AutoScalingDeploymentGroup(stack, id, {
    engine,
    autoScalingGroup,
    applicationName: 'web',
    deploymentGroupName: 'web-fleet',
    ...props,
  });
}

/** A directory that can be deployed. */
export function aRevisionDirectory(): string {
  const directory = temporaryDirectory('slipway-revision-');
  writeFileSync(join(directory, 'appspec.yml'), 'version: 0.0\nos: linux\n');
  return directory;
}
