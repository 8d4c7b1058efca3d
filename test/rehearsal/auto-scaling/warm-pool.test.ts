import {
  CompleteLifecycleActionCommand,
  DeleteWarmPoolCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  DescribeWarmPoolCommand,
  PutWarmPoolCommand,
  type PutWarmPoolCommandInput,
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { warmPoolSize } from '../../../rehearsal/auto-scaling/capacity/warm-pool-size.ts';
import { targetLifecycleState } from '../../../rehearsal/auto-scaling/lifecycle/lifecycle-state.ts';
import { aHook, startFleet, type Fleet } from './fleet.ts';

const web = { AutoScalingGroupName: 'web' };
const HOOKS = [
  aHook(),
  aHook({ LifecycleHookName: 'bye', LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' }),
];

let fleet: Fleet;
beforeEach(async () => {
  fleet = await startFleet();
});
afterEach(() => fleet.close());

/** A group of at most two instances, one of them in service. */
async function groupOfTwo(pool: Partial<PutWarmPoolCommandInput> = {}, hooks = HOOKS): Promise<void> {
  await fleet.createGroup({ MaxSize: '2', LifecycleHookSpecificationList: hooks });
  await fleet.autoScaling.send(new PutWarmPoolCommand({ ...web, ...pool }));
}

const warm = async () => {
  const { Instances = [] } = await fleet.autoScaling.send(new DescribeWarmPoolCommand(web));
  return Instances.map(({ LifecycleState }) => LifecycleState);
};

const setDesired = (DesiredCapacity: number) =>
  fleet.autoScaling.send(new SetDesiredCapacityCommand({ ...web, DesiredCapacity }));

/** Waits for the message of the way that an instance goes, and lets it go on. */
async function letGo(origin: string, destination: string): Promise<string> {
  const message = await fleet.until(
    () => fleet.messages().find(({ Origin, Destination }) => Origin === origin && Destination === destination),
    `a message from ${origin} to ${destination}`,
  );
  await fleet.autoScaling.send(
    new CompleteLifecycleActionCommand({
      ...web,
      LifecycleHookName: message.LifecycleHookName,
      LifecycleActionToken: message.LifecycleActionToken,
      LifecycleActionResult: 'CONTINUE',
    }),
  );
  return message.EC2InstanceId;
}

const entered = (instanceId: string, state: string) =>
  fleet.until(() => fleet.states(instanceId).includes(state), `${instanceId} is ${state}`);

describe('A warm pool', () => {
  it('keeps stopped what the group may still grow by, prepared by its hooks, and lists it apart', async () => {
    await groupOfTwo();

    const instanceId = await letGo('EC2', 'WarmPool');
    await entered(instanceId, 'Warmed:Stopped');

    expect(fleet.hosts.stopped).toEqual([instanceId]);
    expect(await warm()).toEqual(['Warmed:Stopped']);
    const { AutoScalingGroups: [group] = [] } = await fleet.autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
    expect(group?.Instances?.map(({ InstanceId }) => InstanceId)).not.toContain(instanceId);
    expect(group).toMatchObject({ WarmPoolSize: 1, WarmPoolConfiguration: { MinSize: 0, PoolState: 'Stopped' } });
    const { Reservations } = await fleet.ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
    expect(Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe('stopped');
  });

  it('gives a scale-out what it has ready, which passes the launch hook once more', async () => {
    await groupOfTwo();
    const instanceId = await letGo('EC2', 'WarmPool');
    await entered(instanceId, 'Warmed:Stopped');

    await setDesired(2);
    const promoted = await letGo('WarmPool', 'AutoScalingGroup');
    await entered(instanceId, 'InService');

    expect([promoted, fleet.hosts.booted]).toEqual([instanceId, [instanceId]]);
    expect(fleet.hosts.started).toHaveLength(2);
    expect(await warm()).toEqual([]);
    const { Activities = [] } = await fleet.autoScaling.send(new DescribeScalingActivitiesCommand(web));
    const descriptions = Activities.map(({ Description }) => Description);
    expect(descriptions).toContain(`Launching a new EC2 instance into warm pool: ${instanceId}`);
    expect(descriptions).toContain(`Launching a new EC2 instance from warm pool: ${instanceId}`);
  });

  it('takes back what is scaled in, where it is told to', async () => {
    await groupOfTwo({ InstanceReusePolicy: { ReuseOnScaleIn: true } });
    const serving = await letGo('EC2', 'AutoScalingGroup');
    await letGo('EC2', 'WarmPool');
    await entered(serving, 'InService');
    await fleet.until(async () => (await warm()).includes('Warmed:Stopped'));

    await setDesired(0);
    await letGo('AutoScalingGroup', 'WarmPool');
    await entered(serving, 'Warmed:Stopped');

    expect(await warm()).toEqual(['Warmed:Stopped', 'Warmed:Stopped']);
    expect(fleet.hosts.terminated).toEqual([]);
  });

  it('keeps machines running where it is told to, and needs no hooks', async () => {
    await groupOfTwo({ PoolState: 'Running', MinSize: 2 }, []);

    await fleet.until(async () => (await warm()).filter((state) => state === 'Warmed:Running').length === 2);
    await setDesired(2);

    await fleet.until(() => fleet.states().filter((state) => state === 'InService').length === 2);
    expect(fleet.hosts.stopped).toEqual([]);
    await fleet.until(async () => (await warm()).length === 2, 'the pool keeps its minimum');
  });

  it('replaces a machine that ends behind its back, without a launch of the group', async () => {
    await groupOfTwo({}, []);
    const [first] = await fleet.until(async () => {
      const { Instances = [] } = await fleet.autoScaling.send(new DescribeWarmPoolCommand(web));
      return Instances[0]?.LifecycleState === 'Warmed:Stopped' && Instances;
    });

    await fleet.ec2.send(new TerminateInstancesCommand({ InstanceIds: [first?.InstanceId ?? ''] }));
    await entered(first?.InstanceId ?? '', 'Warmed:Terminated');

    await fleet.until(async () => (await warm()).join() === 'Warmed:Stopped');
    expect(fleet.states().filter((state) => state === 'InService')).toHaveLength(1);
  });

  it('ends with its instances, and only by force', async () => {
    await groupOfTwo({}, []);
    await fleet.until(async () => (await warm()).join() === 'Warmed:Stopped');

    const withInstances = fleet.autoScaling.send(new DeleteWarmPoolCommand(web));
    await expect(withInstances).rejects.toMatchObject({ name: 'ResourceInUseFault' });
    await fleet.autoScaling.send(new DeleteWarmPoolCommand({ ...web, ForceDelete: true }));

    await fleet.until(async () => (await warm()).length === 0);
    const { WarmPoolConfiguration } = await fleet.autoScaling.send(new DescribeWarmPoolCommand(web));
    expect(WarmPoolConfiguration).toBeUndefined();
  });

  it('is part of a template, and its instances are not to be terminated one by one', async () => {
    await fleet.createGroup({ MaxSize: '1', DesiredCapacity: '0' });

    await fleet.test.provision('AWS::AutoScaling::WarmPool', { ...web, MinSize: 1, PoolState: 'Running' });

    const [one] = await fleet.until(async () => {
      const { Instances = [] } = await fleet.autoScaling.send(new DescribeWarmPoolCommand(web));
      return Instances.length === 1 && Instances;
    });
    const terminate = new TerminateInstanceInAutoScalingGroupCommand({
      InstanceId: one?.InstanceId,
      ShouldDecrementDesiredCapacity: true,
    });
    await expect(fleet.autoScaling.send(terminate)).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('The size of a warm pool', () => {
  it.each([
    [{ min: 0, max: 10, desired: 4 }, { minSize: 0 }, 6],
    [{ min: 0, max: 10, desired: 4 }, { minSize: 0, maxGroupPreparedCapacity: 5 }, 1],
    [{ min: 0, max: 10, desired: 4 }, { minSize: 2, maxGroupPreparedCapacity: 3 }, 2],
    [{ min: 0, max: 4, desired: 4 }, { minSize: 0 }, 0],
  ])('of a group %o with %o is %i', (sizes, bounds, size) => {
    expect(warmPoolSize(sizes, bounds)).toBe(size);
  });
});

describe('Instance metadata in a warm pool', () => {
  it.each([
    ['Warmed:Pending:Wait', 'Warmed:Running'],
    ['Warmed:Stopped', 'Warmed:Stopped'],
    ['Warmed:Terminating', 'Warmed:Terminated'],
    ['Pending:Wait', 'InService'],
  ] as const)('of %s shows %s', (state, shown) => {
    expect(targetLifecycleState(state, 'Running')).toBe(shown);
  });
});
