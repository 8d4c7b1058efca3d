import { Validations } from 'aws-cdk-lib/core';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/**
 * A network of public subnets in two Availability Zones, without a NAT gateway: that alone would cost more than the
 * whole fleet. Instances have public addresses for what they fetch, and security groups that let in the load balancer only.
 */
export class ExampleNetwork extends Construct {
  readonly vpc: IVpc;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24 }],
    });
    Validations.of(vpc).acknowledge({
      id: 'AwsSolutions-VPC7',
      reason: 'An example that is to be tried and removed: flow logs would cost more than its traffic is worth.',
    });
    this.vpc = vpc as IVpc; // CDK's own declarations disagree on optional properties that may be undefined
  }
}
