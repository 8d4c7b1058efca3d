import { App } from 'aws-cdk-lib/core';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { ExampleFleetStack } from '../../../lib/example/example-fleet-stack.ts';
import { Revision } from '../../../lib/fleet/revision.ts';
import { AnEngine, aRevisionDirectory } from '../fleet/builders.ts';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

function synthesize(props: { desiredCapacity?: number; warmInstances?: number } = {}): Template {
  const app = new App({ builtinCloudFormationValidation: false });
  const engine = new AnEngine(app, 'Engine');
  const revision = Revision.fromAsset(aRevisionDirectory());
  return Template.fromStack(new ExampleFleetStack(app, 'Fleet', { engine, revision, ...props }));
}

describe('the example fleet', () => {
  let template: Template;

  beforeAll(() => {
    template = synthesize();
  });

  it('deploys web to web-fleet, terminations included', () => {
    template.hasResourceProperties('Custom::SlipwayDeploymentGroup', {
      ApplicationName: 'web',
      DeploymentGroupName: 'web-fleet',
      TerminationDeployments: 'true',
    });
  });

  it('has 0 to 6 instances, 2 at first, and replaces those that the load balancer finds unwell', () => {
    template.hasResourceProperties(GROUP, {
      MinSize: '0',
      MaxSize: '6',
      DesiredCapacity: '2',
      HealthCheckType: 'ELB',
      TargetGroupARNs: [{ Ref: Match.anyValue() }],
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Port: 8080,
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 2,
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]),
    });
  });

  it('starts empty when asked to', () => {
    synthesize({ desiredCapacity: 0 }).hasResourceProperties(GROUP, { DesiredCapacity: '0' });
  });

  it('keeps instances warm when asked to, and takes those back that it scales in', () => {
    template.resourceCountIs('AWS::AutoScaling::WarmPool', 0);
    synthesize({ desiredCapacity: 1, warmInstances: 2 }).hasResourceProperties('AWS::AutoScaling::WarmPool', {
      MaxGroupPreparedCapacity: 3,
      InstanceReusePolicy: { ReuseOnScaleIn: true },
    });
  });

  it('gives instance credentials to IMDSv2 from the instance itself only, and encrypts disks', () => {
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [Match.objectLike({ Ebs: Match.objectLike({ Encrypted: true }) })],
      },
    });
  });

  it('lets nothing but the load balancer reach its instances', () => {
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupIngress', { FromPort: 8080, ToPort: 8080 }, 1);
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.anyValue() }, 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: 80, ToPort: 80 })],
    });
  });

  it('keeps the way to the internet until its last instance is gone', () => {
    const routes = ['AWS::EC2::Route', 'AWS::EC2::SubnetRouteTableAssociation'].flatMap((type) =>
      Object.keys(template.findResources(type)),
    );

    expect(Object.values(template.findResources(GROUP))[0]?.DependsOn).toEqual(expect.arrayContaining(routes));
  });

  it('costs no NAT gateway', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
  });

  it.each(['LoadBalancerUrl', 'AutoScalingGroupName'])('tells its %s', (output) => {
    expect(Object.keys(template.findOutputs(output))).toEqual([output]);
  });
});
