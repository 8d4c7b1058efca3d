import {
  AttachInstancesCommand,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeLifecycleHooksCommand,
  DetachInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  PutWarmPoolCommand,
  ResumeProcessesCommand,
  SetDesiredCapacityCommand,
  SetInstanceHealthCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aHook, startFleet, type Fleet } from './fleet.ts';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await startFleet();
});
afterEach(() => fleet.close());

const web = { AutoScalingGroupName: 'web' };
const group = async () =>
  (await fleet.autoScaling.send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups?.[0];
const servingOne = async (): Promise<string> => {
  await fleet.until(() => fleet.states().includes('InService'));
  return fleet.hosts.started[0]?.instanceId ?? '';
};

describe('DescribeAutoScalingGroups', () => {
  it('always shows what a group always has', async () => {
    await fleet.createGroup({
      DesiredCapacity: '0',
      Tags: [
        { Key: 'b', Value: '2', PropagateAtLaunch: true },
        { Key: 'a', Value: '1', PropagateAtLaunch: false },
      ],
    });

    expect(await group()).toMatchObject({
      AutoScalingGroupName: 'web',
      AutoScalingGroupARN: expect.stringMatching(
        /^arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:/,
      ) as string,
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' },
      AvailabilityZones: ['us-east-1a', 'us-east-1b'],
      AvailabilityZoneIds: ['use1-az1', 'use1-az2'],
      DefaultCooldown: 300,
      HealthCheckType: 'EC2',
      HealthCheckGracePeriod: 0,
      Instances: [],
      LoadBalancerNames: [],
      TargetGroupARNs: [],
      SuspendedProcesses: [],
      EnabledMetrics: [],
      TerminationPolicies: ['Default'],
      NewInstancesProtectedFromScaleIn: false,
      TrafficSources: [],
      Tags: [{ Key: 'a' }, { Key: 'b' }],
    });
  });

  it('leaves out names that no group has', async () => {
    const answer = await fleet.autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['nobody'] }),
    );

    expect(answer.AutoScalingGroups).toEqual([]);
  });
});

describe('The tags of a new instance', () => {
  it('name its group, its template and what the group propagates', async () => {
    await fleet.createGroup({
      Tags: [
        { Key: 'team', Value: 'web', PropagateAtLaunch: true },
        { Key: 'secret', Value: 'x', PropagateAtLaunch: false },
      ],
    });
    await servingOne();

    const { Reservations } = await fleet.ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'tag:aws:autoscaling:groupName', Values: ['web'] }] }),
    );

    const [instance] = Reservations?.[0]?.Instances ?? [];
    expect(instance).toMatchObject({ State: { Name: 'running', Code: 16 }, PrivateIpAddress: '127.1.0.2' });
    expect(Object.fromEntries(instance?.Tags?.map(({ Key, Value }) => [Key, Value]) ?? [])).toEqual({
      team: 'web',
      'aws:autoscaling:groupName': 'web',
      'aws:ec2launchtemplate:id': expect.stringMatching(/^lt-/) as string,
      'aws:ec2launchtemplate:version': '1',
    });
  });
});

describe('Health', () => {
  it('is spelled in capitals by DescribeAutoScalingInstances alone', async () => {
    await fleet.createGroup();
    const InstanceId = await servingOne();

    const { AutoScalingInstances } = await fleet.autoScaling.send(
      new DescribeAutoScalingInstancesCommand({ InstanceIds: [InstanceId, 'i-0unknown'] }),
    );

    expect(AutoScalingInstances).toMatchObject([{ InstanceId, HealthStatus: 'HEALTHY', AutoScalingGroupName: 'web' }]);
    expect((await group())?.Instances?.[0]?.HealthStatus).toBe('Healthy');
  });

  it('that somebody denies leads to a replacement', async () => {
    await fleet.createGroup();
    const InstanceId = await servingOne();

    await fleet.autoScaling.send(new SetInstanceHealthCommand({ InstanceId, HealthStatus: 'Unhealthy' }));

    await fleet.until(() => fleet.states(InstanceId).at(-1) === 'Terminated');
    await fleet.until(() => fleet.hosts.started.length === 2);
  });

  it('of a member in its grace period is not doubted', async () => {
    await fleet.createGroup({ HealthCheckGracePeriod: 3600 });
    const InstanceId = await servingOne();

    await fleet.autoScaling.send(new SetInstanceHealthCommand({ InstanceId, HealthStatus: 'Unhealthy' }));

    expect((await group())?.Instances?.[0]?.HealthStatus).toBe('Healthy');
  });
});

describe('Standby', () => {
  it('comes and goes without hook messages, and takes the desired capacity along', async () => {
    await fleet.createGroup();
    const InstanceId = await servingOne();
    await fleet.test.provision('AWS::AutoScaling::LifecycleHook', { ...web, ...aHook() });

    const entered = await fleet.autoScaling.send(
      new EnterStandbyCommand({ ...web, InstanceIds: [InstanceId], ShouldDecrementDesiredCapacity: true }),
    );
    await fleet.until(() => fleet.states().at(-1) === 'Standby');
    const during = await group();
    const left = await fleet.autoScaling.send(new ExitStandbyCommand({ ...web, InstanceIds: [InstanceId] }));
    await fleet.until(() => fleet.states().at(-1) === 'InService');

    expect(entered.Activities).toMatchObject([
      { Description: `Moving EC2 instance to Standby: ${InstanceId}`, StatusCode: 'InProgress', Progress: 50 },
    ]);
    expect(left.Activities).toMatchObject([
      { Description: `Moving EC2 instance out of Standby: ${InstanceId}`, StatusCode: 'PreInService', Progress: 30 },
    ]);
    expect([during?.DesiredCapacity, (await group())?.DesiredCapacity]).toEqual([0, 1]);
    expect(fleet.messages()).toEqual([]);
  });

  it('without the decrement launches another', async () => {
    await fleet.createGroup();
    const InstanceId = await servingOne();

    await fleet.autoScaling.send(
      new EnterStandbyCommand({ ...web, InstanceIds: [InstanceId], ShouldDecrementDesiredCapacity: false }),
    );

    await fleet.until(() => fleet.hosts.started.length === 2);
  });
});

describe('Detaching and attaching', () => {
  it('keep the machine running and send no hook messages', async () => {
    await fleet.createGroup();
    const InstanceId = await servingOne();
    await fleet.test.provision('AWS::AutoScaling::LifecycleHook', { ...web, ...aHook() });

    await fleet.autoScaling.send(
      new DetachInstancesCommand({ ...web, InstanceIds: [InstanceId], ShouldDecrementDesiredCapacity: true }),
    );
    await fleet.until(() => fleet.states().at(-1) === 'Detached');
    const without = await group();
    await fleet.autoScaling.send(new AttachInstancesCommand({ ...web, InstanceIds: [InstanceId] }));
    await fleet.until(() => fleet.states().at(-1) === 'InService');

    expect(without).toMatchObject({ DesiredCapacity: 0, Instances: [] });
    expect(await group()).toMatchObject({ DesiredCapacity: 1, Instances: [{ InstanceId }] });
    expect(fleet.hosts.terminated).toEqual([]);
    expect(fleet.messages()).toEqual([]);
  });
});

describe('Suspended processes', () => {
  it('hold launches back until they are resumed', async () => {
    await fleet.createGroup({ DesiredCapacity: '0' });
    await fleet.autoScaling.send(new SuspendProcessesCommand({ ...web, ScalingProcesses: ['Launch'] }));
    await fleet.autoScaling.send(new SetDesiredCapacityCommand({ ...web, DesiredCapacity: 1 }));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const held = fleet.hosts.started.length;

    await fleet.autoScaling.send(new ResumeProcessesCommand({ ...web }));

    await fleet.until(() => fleet.hosts.started.length === 1);
    expect(held).toBe(0);
  });

  it('are shown with the time they were suspended', async () => {
    await fleet.createGroup({ DesiredCapacity: '0' });

    await fleet.autoScaling.send(new SuspendProcessesCommand({ ...web, ScalingProcesses: ['Terminate'] }));

    expect((await group())?.SuspendedProcesses).toEqual([
      { ProcessName: 'Terminate', SuspensionReason: expect.stringMatching(/^User suspended at \d{4}-/) as string },
    ]);
  });
});

describe('A host that cannot start', () => {
  it('is replaced after a pause', async () => {
    fleet.hosts.failing = true;
    await fleet.createGroup();
    await fleet.until(() => fleet.states().includes('Terminated'));
    fleet.hosts.failing = false;

    await fleet.until(() => fleet.states().at(-1) === 'InService');

    const warnings = fleet.test.ground.journal.entries.filter(({ kind }) => kind === 'warning');
    expect(warnings[0]).toMatchObject({ message: expect.stringContaining('no machine is free') as string });
  });
});

describe('A group refuses', () => {
  beforeEach(async () => {
    await fleet.createGroup({ MinSize: '1', MaxSize: '1' });
    await servingOne();
  });
  const instanceId = (): string => fleet.hosts.started[0]?.instanceId ?? '';

  it.each<[string, () => Promise<unknown>, { name: string; message: string | RegExp }]>([
    [
      'a capacity above its maximum',
      () => fleet.autoScaling.send(new SetDesiredCapacityCommand({ ...web, DesiredCapacity: 2 })),
      {
        name: 'ValidationError',
        message: 'New SetDesiredCapacity value 2 is above max value 1 for the AutoScalingGroup.',
      },
    ],
    [
      'bounds that cross',
      () => fleet.autoScaling.send(new UpdateAutoScalingGroupCommand({ ...web, MinSize: 3 })),
      { name: 'ValidationError', message: 'Max bound, 1, must be greater than or equal to min bound, 3' },
    ],
    [
      'standby below its minimum',
      () =>
        fleet.autoScaling.send(
          new EnterStandbyCommand({ ...web, InstanceIds: [instanceId()], ShouldDecrementDesiredCapacity: true }),
        ),
      {
        name: 'ValidationError',
        message:
          'AutoScalingGroup web has min-size=1, max-size=1, and desired-size=1. To place into standby 1 instance, please update the AutoScalingGroup sizes appropriately.',
      },
    ],
    [
      'a foreign instance',
      () => fleet.autoScaling.send(new ExitStandbyCommand({ ...web, InstanceIds: ['i-0ff'] })),
      { name: 'ValidationError', message: 'The instance i-0ff is not part of Auto Scaling group web.' },
    ],
    [
      'to leave standby for a member that is not in it',
      () => fleet.autoScaling.send(new ExitStandbyCommand({ ...web, InstanceIds: [instanceId()] })),
      { name: 'ValidationError', message: /is not in Standby\.$/ },
    ],
    [
      'to suspend a process that there is not',
      () => fleet.autoScaling.send(new SuspendProcessesCommand({ ...web, ScalingProcesses: ['Nonsense'] })),
      { name: 'ValidationError', message: /ScalingProcesses/ },
    ],
    [
      'to terminate below its minimum',
      () =>
        fleet.autoScaling.send(
          new TerminateInstanceInAutoScalingGroupCommand({
            InstanceId: instanceId(),
            ShouldDecrementDesiredCapacity: true,
          }),
        ),
      { name: 'ValidationError', message: /^Currently, desiredSize equals minSize \(1\)\./ },
    ],
    [
      'an unknown instance',
      () =>
        fleet.autoScaling.send(
          new TerminateInstanceInAutoScalingGroupCommand({
            InstanceId: 'i-0ff',
            ShouldDecrementDesiredCapacity: false,
          }),
        ),
      { name: 'ValidationError', message: 'Instance Id not found - No managed instance found for instance ID: i-0ff' },
    ],
    [
      'a second group of its name',
      () =>
        fleet.autoScaling.send(
          new CreateAutoScalingGroupCommand({
            ...web,
            MinSize: 0,
            MaxSize: 1,
            AvailabilityZones: ['us-east-1a'],
            LaunchTemplate: { LaunchTemplateName: 'web' },
          }),
        ),
      {
        name: 'AlreadyExistsFault',
        message: 'AutoScalingGroup by this name already exists - A group with the name web already exists',
      },
    ],
    [
      'hooks of a group that is not there',
      () => fleet.autoScaling.send(new DescribeLifecycleHooksCommand({ AutoScalingGroupName: 'nobody' })),
      { name: 'ValidationError', message: /not found/ },
    ],
    [
      'hibernation, which is not played',
      () => fleet.autoScaling.send(new PutWarmPoolCommand({ ...web, PoolState: 'Hibernated' })),
      { name: 'ValidationError', message: /does not play hibernated machines/ },
    ],
  ])('%s', async (_, call, { name, message }) => {
    await expect(call()).rejects.toMatchObject({
      name,
      message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
    });
  });
});
