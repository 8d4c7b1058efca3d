import { Duration, Validations } from 'aws-cdk-lib/core';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IApplicationLoadBalancerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** Where the sample application listens, and answers whether it is well. */
const APPLICATION = { port: 8080, healthPath: '/health' } as const;

export interface ExampleLoadBalancerProps {
  readonly vpc: IVpc;
  readonly target: IApplicationLoadBalancerTarget;
}

/** The way into the fleet: plain HTTP, as nobody's domain and certificate are known here. */
export class ExampleLoadBalancer extends Construct {
  readonly url: string;
  readonly targetGroup: ApplicationTargetGroup;

  constructor(scope: Construct, id: string, { vpc, target }: ExampleLoadBalancerProps) {
    super(scope, id);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'HTTP from anywhere to the example load balancer',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(80), 'HTTP from anywhere');
    const loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      securityGroup,
      internetFacing: true,
      dropInvalidHeaderFields: true,
    });
    this.targetGroup = new ApplicationTargetGroup(this, 'Targets', {
      vpc,
      port: APPLICATION.port,
      protocol: ApplicationProtocol.HTTP,
      targets: [target],
      healthCheck: { path: APPLICATION.healthPath, interval: Duration.seconds(10), healthyThresholdCount: 2 },
      deregistrationDelay: Duration.seconds(30), // its requests take milliseconds; the default of 5 minutes delays every scale-in
    });
    // open: false, as the rule above already says who may come in.
    loadBalancer.addListener('Http', { port: 80, defaultTargetGroups: [this.targetGroup], open: false });
    this.url = `http://${loadBalancer.loadBalancerDnsName}`;

    Validations.of(securityGroup).acknowledge({
      id: 'AwsSolutions-EC23',
      reason: 'The example’s front door: whoever tries it should reach it with a browser.',
    });
    Validations.of(loadBalancer).acknowledge({
      id: 'AwsSolutions-ELB2',
      reason:
        'Access logs need a bucket policy that names the Region; the example deploys to any, and logs nobody’s visitors.',
    });
  }
}
