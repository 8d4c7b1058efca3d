import {
  CompleteLifecycleActionCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aHook, startFleet, type Fleet } from './fleet.ts';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await startFleet();
});
afterEach(() => fleet.close());

describe('A launch with a lifecycle hook', () => {
  it('waits for CONTINUE and serves afterwards', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [aHook({ NotificationMetadata: '{"a":1}' })] });
    const message = await fleet.until(() => fleet.messages()[0]);

    await fleet.autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: 'web',
        LifecycleHookName: 'launch',
        LifecycleActionToken: message.LifecycleActionToken,
        LifecycleActionResult: 'CONTINUE',
      }),
    );

    expect(fleet.states()).toEqual(['Pending', 'Pending:Wait', 'Pending:Proceed', 'InService']);
    expect(Object.keys(message)).toEqual([
      'Origin',
      'LifecycleHookName',
      'Destination',
      'AccountId',
      'RequestId',
      'LifecycleTransition',
      'AutoScalingGroupName',
      'Service',
      'Time',
      'EC2InstanceId',
      'NotificationMetadata',
      'LifecycleActionToken',
    ]);
  });

  it('sends the test message of each hook before anything launches', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [aHook(), aHook({ LifecycleHookName: 'second' })] });

    const events = fleet.bodies.map((body) => (JSON.parse(body) as { Event?: string }).Event);
    expect(events).toEqual(['autoscaling:TEST_NOTIFICATION', 'autoscaling:TEST_NOTIFICATION']);
  });

  it('is cancelled by ABANDON, passes the termination hooks and is replaced', async () => {
    await fleet.createGroup({
      LifecycleHookSpecificationList: [
        aHook(),
        aHook({ LifecycleHookName: 'bye', LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' }),
      ],
    });
    const { EC2InstanceId, LifecycleActionToken } = await fleet.until(() => fleet.messages()[0]);

    await fleet.autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: 'web',
        LifecycleHookName: 'launch',
        InstanceId: EC2InstanceId,
        LifecycleActionResult: 'ABANDON',
      }),
    );
    const farewell = await fleet.until(() => fleet.messages()[1]);
    await fleet.autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: 'web',
        LifecycleHookName: 'bye',
        LifecycleActionToken: farewell.LifecycleActionToken,
        LifecycleActionResult: 'CONTINUE',
      }),
    );
    const replacement = await fleet.until(() => fleet.messages()[2]);

    expect(fleet.states(EC2InstanceId)).toEqual([
      'Pending',
      'Pending:Wait',
      'Terminating',
      'Terminating:Wait',
      'Terminating:Proceed',
      'Terminated',
    ]);
    expect(farewell).toMatchObject({ EC2InstanceId, Origin: 'AutoScalingGroup', Destination: 'EC2' });
    expect(replacement.EC2InstanceId).not.toBe(EC2InstanceId);
    const { Activities = [] } = await fleet.autoScaling.send(
      new DescribeScalingActivitiesCommand({ AutoScalingGroupName: 'web' }),
    );
    expect(Activities.find(({ StatusCode }) => StatusCode === 'Cancelled')).toMatchObject({
      StatusMessage:
        `Instance failed to complete user's Lifecycle Action: Lifecycle Action with token ${LifecycleActionToken} ` +
        'was abandoned: Lifecycle Action Completed with ABANDON Result',
    });
    const cancelled = await fleet.autoScaling.send(
      new DescribeScalingActivitiesCommand({ Filters: [{ Name: 'Status', Values: ['Cancelled'] }] }),
    );
    expect(cancelled.Activities?.map(({ StatusCode }) => StatusCode)).toEqual(['Cancelled']);
  });

  it('starts all hooks at once and waits for all of them', async () => {
    await fleet.createGroup({ LifecycleHookSpecificationList: [aHook(), aHook({ LifecycleHookName: 'second' })] });
    const [first, second] = await fleet.until(() => fleet.messages().length === 2 && fleet.messages());
    const complete = (LifecycleHookName: string, LifecycleActionToken = '') =>
      fleet.autoScaling.send(
        new CompleteLifecycleActionCommand({
          AutoScalingGroupName: 'web',
          LifecycleHookName,
          LifecycleActionToken,
          LifecycleActionResult: 'CONTINUE',
        }),
      );

    await complete(first?.LifecycleHookName ?? '', first?.LifecycleActionToken);
    const afterOne = fleet.states().at(-1);
    await complete(second?.LifecycleHookName ?? '', second?.LifecycleActionToken);

    expect(first?.LifecycleActionToken).not.toBe(second?.LifecycleActionToken);
    expect(afterOne).toBe('Pending:Wait');
    expect(fleet.states().at(-1)).toBe('InService');
  });
});

describe('A launch without hooks', () => {
  it('serves as soon as the machine runs', async () => {
    await fleet.createGroup({ DesiredCapacity: '2' });

    await fleet.until(() => fleet.states().filter((state) => state === 'InService').length === 2);

    const { AutoScalingGroups } = await fleet.autoScaling.send(new DescribeAutoScalingGroupsCommand());
    const zones = AutoScalingGroups?.[0]?.Instances?.map(({ AvailabilityZone }) => AvailabilityZone);
    expect(zones).toEqual(['us-east-1a', 'us-east-1b']);
    expect(AutoScalingGroups?.[0]?.Instances?.[0]).toMatchObject({
      LifecycleState: 'InService',
      HealthStatus: 'Healthy',
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '1' },
    });
  });
});
