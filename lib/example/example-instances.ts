import { Duration, Validations } from 'aws-cdk-lib/core';
import { AdditionalHealthCheckType, AutoScalingGroup, HealthChecks } from 'aws-cdk-lib/aws-autoscaling';
import {
  AmazonLinuxCpuType,
  BlockDeviceVolume,
  CpuCredits,
  EbsDeviceVolumeType,
  InstanceClass,
  InstanceSize,
  InstanceType,
  LaunchTemplate,
  LaunchTemplateHttpTokens,
  MachineImage,
  SecurityGroup,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface ExampleInstancesProps {
  readonly vpc: IVpc;
  /** Instances that the group starts with. */
  readonly desiredCapacity: number;
  /** Instances that wait beside them, prepared and switched off. @default no warm pool */
  readonly warmInstances?: number;
}

/** Small instances in an Auto Scaling group, as a user would declare them without Slipway. */
export class ExampleInstances extends Construct {
  readonly autoScalingGroup: AutoScalingGroup;

  constructor(scope: Construct, id: string, { vpc, desiredCapacity, warmInstances }: ExampleInstancesProps) {
    super(scope, id);
    this.autoScalingGroup = new AutoScalingGroup(this, 'Group', {
      vpc,
      launchTemplate: this.#launchTemplate(vpc),
      minCapacity: 0,
      maxCapacity: 6,
      desiredCapacity,
      healthChecks: HealthChecks.withAdditionalChecks({
        additionalTypes: [AdditionalHealthCheckType.ELB],
        gracePeriod: Duration.minutes(2), // from InService, when the application already answers
      }),
    });
    if (warmInstances !== undefined) {
      const maxGroupPreparedCapacity = desiredCapacity + warmInstances;
      this.autoScalingGroup.addWarmPool({ maxGroupPreparedCapacity, reuseOnScaleIn: true });
    }
    // First boot needs the way out to the internet; so does the last goodbye, when the stack is removed in reverse order.
    this.autoScalingGroup.node.addDependency(...vpc.publicSubnets);
    Validations.of(this.autoScalingGroup).acknowledge(
      {
        id: 'AwsSolutions-AS3',
        reason:
          'Every launch and termination is an execution of the engine, and its failures raise the engine’s alarms.',
      },
      {
        id: '@aws-cdk/aws-autoscaling:desiredCapacitySet',
        reason:
          'The example starts with instances to look at; CloudFormation leaves a size alone that the template did not change.',
      },
    );
  }

  #launchTemplate(vpc: IVpc): LaunchTemplate {
    return new LaunchTemplate(this, 'LaunchTemplate', {
      machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
      instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO),
      cpuCredits: CpuCredits.STANDARD, // an example that runs hot slows down; it does not run up a bill
      role: this.#instanceRole(),
      securityGroup: new SecurityGroup(this, 'SecurityGroup', { vpc, description: 'Instances of the example fleet' }),
      userData: UserData.forLinux(),
      httpTokens: LaunchTemplateHttpTokens.REQUIRED, // IMDSv2: the role's credentials tell the engine which host it hears
      httpPutResponseHopLimit: 1, // … and must not be had from a container or through a proxy
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: BlockDeviceVolume.ebs(8, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 }),
        },
      ],
    });
  }

  #instanceRole(): Role {
    // Nobody else may assume it: the session name, which is the instance's id, is what the engine believes.
    return new Role(this, 'InstanceRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  }
}
