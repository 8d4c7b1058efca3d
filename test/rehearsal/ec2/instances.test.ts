import { SuspendProcessesCommand } from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFleet, type Fleet } from '../auto-scaling/fleet.ts';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await startFleet();
});
afterEach(() => fleet.close());

const describeOne = async (InstanceId: string) => {
  const { Reservations } = await fleet.ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }));
  return Reservations?.[0]?.Instances?.[0];
};

/** One instance of a template and a subnet, as a stack would make it. */
async function launchOne(): Promise<string> {
  const vpc = await fleet.test.provision('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const subnet = await fleet.test.provision('AWS::EC2::Subnet', {
    VpcId: vpc.physicalId,
    AvailabilityZone: 'us-east-1b',
    CidrBlock: '10.0.0.0/24',
  });
  const template = await fleet.test.provision('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: {
      ImageId: 'ami-1',
      InstanceType: 't3.micro',
      UserData: Buffer.from('#!/bin/bash\necho hi\n').toString('base64'),
      IamInstanceProfile: { Arn: 'web' },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web' }] }],
    },
  });
  await fleet.test.provision('AWS::AutoScaling::AutoScalingGroup', {
    AutoScalingGroupName: 'web',
    MinSize: '1',
    MaxSize: '1',
    VPCZoneIdentifier: [subnet.physicalId],
    LaunchTemplate: {
      LaunchTemplateId: template.physicalId,
      Version: template.attributes?.['LatestVersionNumber'],
    },
  });
  return fleet.until(() => fleet.hosts.started[0]?.instanceId);
}

describe('An instance', () => {
  it('starts a host with its decoded user data and role, and is pending until it has booted', async () => {
    await fleet.close();
    fleet = await startFleet({ bootSeconds: 200 });
    const instanceId = await launchOne();

    const during = await describeOne(instanceId);
    await fleet.until(async () => (await describeOne(instanceId))?.State?.Name === 'running');

    expect(during?.State).toEqual({ Code: 0, Name: 'pending' });
    expect(fleet.hosts.started[0]).toMatchObject({
      imageId: 'ami-1',
      instanceType: 't3.micro',
      availabilityZone: 'us-east-1b',
      userData: '#!/bin/bash\necho hi\n',
      roleArn: 'arn:aws:iam::123456789012:role/of-web',
    });
    expect(instanceId).toMatch(/^i-[0-9a-f]{17}$/);
    expect(fleet.hosts.started[0]?.targetLifecycleState()).toBe('InService');
  });

  it('ends its host before it is terminated, and stays visible', async () => {
    const instanceId = await launchOne();

    const { TerminatingInstances } = await fleet.ec2.send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
    await fleet.until(async () => (await describeOne(instanceId))?.State?.Name === 'terminated');

    expect(TerminatingInstances).toMatchObject([
      { InstanceId: instanceId, CurrentState: { Name: 'shutting-down' }, PreviousState: { Name: 'pending' } },
    ]);
    expect(fleet.hosts.terminated).toEqual([instanceId]);
  });

  it('is stopped and started with the host that it has', async () => {
    const instanceId = await launchOne();
    const became = (state: string) => fleet.until(async () => (await describeOne(instanceId))?.State?.Name === state);
    const early = fleet.ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    await expect(early).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    await became('running');
    await fleet.autoScaling.send(new SuspendProcessesCommand({ AutoScalingGroupName: 'web' }));
    const { PrivateIpAddress } = (await describeOne(instanceId)) ?? {};

    const { StoppingInstances } = await fleet.ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    await became('stopped');
    await fleet.ec2.send(new StartInstancesCommand({ InstanceIds: [instanceId] }));
    await became('running');

    expect(StoppingInstances).toMatchObject([{ CurrentState: { Name: 'stopping' } }]);
    expect([fleet.hosts.stopped, fleet.hosts.booted]).toEqual([[instanceId], [instanceId]]);
    expect(fleet.hosts.started).toHaveLength(1);
    expect(await describeOne(instanceId)).toMatchObject({ PrivateIpAddress });
  });

  it('runs all the while it is rebooted', async () => {
    const instanceId = await launchOne();
    await fleet.until(async () => (await describeOne(instanceId))?.State?.Name === 'running');

    await fleet.ec2.send(new RebootInstancesCommand({ InstanceIds: [instanceId] }));
    await fleet.until(() => fleet.hosts.booted.length === 1);

    expect((await describeOne(instanceId))?.State?.Name).toBe('running');
    expect(fleet.hosts.stopped).toEqual([instanceId]);
  });

  it('is found by filters, of which all must match and of whose values any may', async () => {
    const instanceId = await launchOne();
    const found = async (Filters: { Name: string; Values: string[] }[]) => {
      const { Reservations } = await fleet.ec2.send(new DescribeInstancesCommand({ Filters }));
      return Reservations?.map(({ Instances }) => Instances?.[0]?.InstanceId);
    };

    const byState = { Name: 'instance-state-name', Values: ['stopped', 'pending', 'running'] };

    expect(await found([byState, { Name: 'tag:Name', Values: ['w*'] }])).toEqual([instanceId]);
    expect(await found([byState, { Name: 'tag:Name', Values: ['api'] }])).toEqual([]);
  });

  it('passes its status checks while it runs', async () => {
    const instanceId = await launchOne();

    const [status] = await fleet.until(async () => {
      const { InstanceStatuses } = await fleet.ec2.send(
        new DescribeInstanceStatusCommand({ InstanceIds: [instanceId] }),
      );
      return InstanceStatuses?.length === 1 && InstanceStatuses;
    });

    expect(status).toMatchObject({ InstanceState: { Name: 'running' }, InstanceStatus: { Status: 'ok' } });
  });

  it('can be tagged', async () => {
    const instanceId = await launchOne();

    await fleet.ec2.send(new CreateTagsCommand({ Resources: [instanceId], Tags: [{ Key: 'owner', Value: 'me' }] }));

    const { Tags } = await fleet.ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'key', Values: ['owner'] }] }));
    expect(Tags).toEqual([{ ResourceId: instanceId, ResourceType: 'instance', Key: 'owner', Value: 'me' }]);
  });

  it.each([
    ['i-0123456789abcdef0', 'InvalidInstanceID.NotFound', "The instance ID 'i-0123456789abcdef0' does not exist"],
    ['web-1', 'InvalidInstanceID.Malformed', 'Invalid id: "web-1"'],
  ])('that nobody knows (%s) fails the whole call', async (InstanceId, name, message) => {
    const call = fleet.ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }));

    await expect(call).rejects.toMatchObject({ name, message });
  });
});

describe('A launch template', () => {
  it('has numbered versions, of which an update adds one without making it the default', async () => {
    const { LaunchTemplate } = await fleet.ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'web',
        LaunchTemplateData: { ImageId: 'ami-1', InstanceType: 't3.micro', SecurityGroupIds: ['sg-1'] },
      }),
    );
    const LaunchTemplateId = LaunchTemplate?.LaunchTemplateId;
    await fleet.ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId,
        SourceVersion: '1',
        LaunchTemplateData: { ImageId: 'ami-2' },
      }),
    );

    const { LaunchTemplates } = await fleet.ec2.send(new DescribeLaunchTemplatesCommand({}));
    const { LaunchTemplateVersions } = await fleet.ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId }),
    );

    expect(LaunchTemplates).toMatchObject([{ DefaultVersionNumber: 1, LatestVersionNumber: 2 }]);
    expect(LaunchTemplateVersions).toMatchObject([
      {
        VersionNumber: 2,
        DefaultVersion: false,
        LaunchTemplateData: { ImageId: 'ami-2', InstanceType: 't3.micro', SecurityGroupIds: ['sg-1'] },
      },
      { VersionNumber: 1, DefaultVersion: true, LaunchTemplateData: { ImageId: 'ami-1' } },
    ]);
  });
});

describe('The network', () => {
  it('can be described as the template made it', async () => {
    const subnet = await fleet.test.provision('AWS::EC2::Subnet', {
      VpcId: 'vpc-1',
      CidrBlock: '10.0.0.0/24',
      Tags: [{ Key: 'Name', Value: 'public' }],
    });

    const { Subnets } = await fleet.ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: ['vpc-1'] }] }),
    );

    expect(Subnets).toMatchObject([
      { SubnetId: subnet.physicalId, VpcId: 'vpc-1', AvailabilityZone: 'us-east-1a', CidrBlock: '10.0.0.0/24' },
    ]);
  });

  it('has three zones', async () => {
    const { AvailabilityZones } = await fleet.ec2.send(new DescribeAvailabilityZonesCommand({}));

    expect(AvailabilityZones?.map(({ ZoneName, ZoneId }) => [ZoneName, ZoneId])).toEqual([
      ['us-east-1a', 'use1-az1'],
      ['us-east-1b', 'use1-az2'],
      ['us-east-1c', 'use1-az3'],
    ]);
  });
});
