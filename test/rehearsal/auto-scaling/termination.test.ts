import {
  CompleteLifecycleActionCommand,
  DeleteAutoScalingGroupCommand,
  DeleteLifecycleHookCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  SetDesiredCapacityCommand,
  SetInstanceProtectionCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aHook, startFleet, type Fleet } from './fleet.ts';

const terminationHook = aHook({
  LifecycleHookName: 'bye',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
});

let fleet: Fleet;
beforeEach(async () => {
  fleet = await startFleet();
});
afterEach(() => fleet.close());

const serving = (count: number): Promise<unknown> =>
  fleet.until(() => fleet.states().filter((state) => state === 'InService').length >= count, `${count} serve`);

const setDesired = (DesiredCapacity: number) =>
  fleet.autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity }));

const activities = async () => {
  const { Activities = [] } = await fleet.autoScaling.send(new DescribeScalingActivitiesCommand({}));
  return Activities;
};

describe('A scale-in', () => {
  it('runs the termination hook, shows its unmodelled status, and ends with the machine', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [terminationHook] });
    await serving(1);

    await setDesired(0);
    const { EC2InstanceId, LifecycleActionToken } = await fleet.until(() => fleet.messages()[0]);
    const [during] = await activities();
    await fleet.autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: 'web',
        LifecycleHookName: 'bye',
        LifecycleActionToken,
        LifecycleActionResult: 'ABANDON',
      }),
    );
    await fleet.until(() => fleet.states().at(-1) === 'Terminated');

    expect(during).toMatchObject({ StatusCode: 'MidTerminatingLifecycleAction', Progress: 60 });
    expect(fleet.hosts.terminated).toEqual([EC2InstanceId]);
    const [after] = await activities();
    expect(after).toMatchObject({
      StatusCode: 'Successful',
      Progress: 100,
      Description: `Terminating EC2 instance: ${EC2InstanceId}`,
    });
    expect(after?.Cause).toContain('changing the desired capacity from 1 to 0.');
    const { AutoScalingGroups } = await fleet.autoScaling.send(new DescribeAutoScalingGroupsCommand());
    expect(AutoScalingGroups?.[0]?.Instances).toEqual([]);
  });

  it('during the wait of a launch cancels that launch', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [aHook()] });
    const { LifecycleActionToken } = await fleet.until(() => fleet.messages()[0]);

    await setDesired(0);
    await fleet.until(() => fleet.states().at(-1) === 'Terminated');

    const completion = fleet.autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: 'web',
        LifecycleHookName: 'launch',
        LifecycleActionToken,
        LifecycleActionResult: 'CONTINUE',
      }),
    );
    await expect(completion).rejects.toThrow(`No active Lifecycle Action found with token ${LifecycleActionToken}`);
  });

  it('spares protected members and says so', async () => {
    await fleet.createGroup();
    await serving(1);
    const [instanceId = ''] = fleet.hosts.started.map((host) => host.instanceId);
    await fleet.autoScaling.send(
      new SetInstanceProtectionCommand({
        AutoScalingGroupName: 'web',
        InstanceIds: [instanceId],
        ProtectedFromScaleIn: true,
      }),
    );

    await setDesired(0);

    const refusal = await fleet.until(async () =>
      (await activities()).find(({ StatusCode }) => StatusCode === 'Cancelled'),
    );
    expect(refusal.Description).toBe(
      'Could not scale to desired capacity because all remaining instances are protected from scale-in.',
    );
    expect(fleet.states().at(-1)).toBe('InService');
  });
});

describe('TerminateInstanceInAutoScalingGroup', () => {
  it('replaces the instance unless the capacity shrinks with it', async () => {
    await fleet.createGroup();
    await serving(1);
    const [first = ''] = fleet.hosts.started.map(({ instanceId }) => instanceId);

    const { Activity } = await fleet.autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({ InstanceId: first, ShouldDecrementDesiredCapacity: false }),
    );
    await serving(2);
    const [, second = ''] = fleet.hosts.started.map(({ instanceId }) => instanceId);
    await fleet.autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({ InstanceId: second, ShouldDecrementDesiredCapacity: true }),
    );
    await fleet.until(() => fleet.states(second).at(-1) === 'Terminated');

    expect(Activity).toMatchObject({ Description: `Terminating EC2 instance: ${first}`, StatusCode: 'InProgress' });
    const { AutoScalingGroups } = await fleet.autoScaling.send(new DescribeAutoScalingGroupsCommand());
    expect(AutoScalingGroups?.[0]).toMatchObject({ DesiredCapacity: 0, Instances: [] });
    expect(fleet.hosts.started).toHaveLength(2);
  });
});

describe('A machine that ends behind the back of its group', () => {
  it('is replaced, and its termination hook runs against nobody', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [terminationHook] });
    await serving(1);
    const [instanceId = ''] = fleet.hosts.started.map((host) => host.instanceId);

    await fleet.ec2.send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
    await serving(2);

    expect(fleet.states(instanceId)).toEqual(['Pending', 'InService', 'Terminating', 'Terminating:Wait']);
    expect(fleet.messages()[0]).toMatchObject({ EC2InstanceId: instanceId });
  });

  it('gives up a launch that still waits', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [aHook()] });
    const { EC2InstanceId } = await fleet.until(() => fleet.messages()[0]);

    await fleet.ec2.send(new TerminateInstancesCommand({ InstanceIds: [EC2InstanceId] }));

    await fleet.until(() => fleet.states(EC2InstanceId).at(-1) === 'Terminated');
    await fleet.until(() => fleet.messages()[1]);
  });
});

describe('Deletion', () => {
  it('of a hook abandons the launches that wait for it', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [aHook()] });
    const { EC2InstanceId } = await fleet.until(() => fleet.messages()[0]);

    await fleet.autoScaling.send(
      new DeleteLifecycleHookCommand({ AutoScalingGroupName: 'web', LifecycleHookName: 'launch' }),
    );

    await fleet.until(() => fleet.states(EC2InstanceId).at(-1) === 'Terminated');
  });

  it('of a group is refused while it has members, unless it is forced', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [{ ...terminationHook, HeartbeatTimeout: 100 }] });
    await serving(1);

    const polite = fleet.autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: 'web' }));
    await expect(polite).rejects.toMatchObject({ name: 'ResourceInUseFault' });
    await fleet.autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: 'web', ForceDelete: true }));
    const { AutoScalingGroups: during } = await fleet.autoScaling.send(new DescribeAutoScalingGroupsCommand());
    await fleet.until(() => fleet.states().at(-1) === 'Terminated');

    expect(during?.[0]).toMatchObject({ Status: 'Delete in progress', DesiredCapacity: 0 });
    expect(fleet.states()).toContain('Terminating:Wait');
    const { AutoScalingGroups: after } = await fleet.autoScaling.send(new DescribeAutoScalingGroupsCommand());
    expect(after).toEqual([]);
  });
});
