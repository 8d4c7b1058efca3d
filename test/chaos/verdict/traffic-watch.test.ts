import { expect, it } from 'vitest';

import { TrafficWatch } from '../../../chaos/verdict/traffic-watch.ts';
import { VirtualClock } from '../../../chaos/time/virtual-clock.ts';
import { groundWithoutEndpoint } from '../../../chaos/cloud/ground.ts';
import { loadBalancingOf } from '../../../chaos/cloud/load-balancing.ts';
import { machinesOf } from '../../../chaos/cloud/machines.ts';
import { Timers } from '../../../rehearsal/ec2/timers.ts';

/** A target group, and a machine that runs. */
async function aTargetGroup({ isInService = true } = {}) {
  const clock = new VirtualClock(0);
  const ground = groundWithoutEndpoint(clock, () => undefined);
  const timers = new Timers(clock);
  const ended = () => Promise.resolve();
  const host = { privateIpAddress: '10.0.0.1', stop: ended, boot: ended, terminate: ended };
  const machines = machinesOf(ground, timers, {
    start: ({ instanceId }) => Promise.resolve({ instanceId, ...host }),
    close: ended,
  });
  const { operations, targetGroups } = loadBalancingOf({ ground, machines, timers, isWell: () => true });
  await operations['CreateTargetGroup']?.({ Name: 'web' });
  const { instanceId } = machines.launch({
    launchTemplate: { id: 'lt-0123456789abcdef0', version: '1' },
    availabilityZone: 'us-east-1a',
    tags: new Map(),
    targetLifecycleState: () => undefined,
  });
  await clock.playUntil(60_000);
  const [targetGroup] = targetGroups.list();
  const register = () => targetGroup && targetGroups.register(targetGroup, instanceId);
  return { watch: new TrafficWatch(targetGroups, () => isInService), instanceId, register };
}

it('complains of a host that is worked on while it is registered', async () => {
  const { watch, instanceId, register } = await aTargetGroup();
  register();

  watch.look('AfterBlockTraffic', instanceId);
  watch.look('Install', instanceId);

  expect(watch.complaints).toEqual([`${instanceId} is told that its traffic is blocked, and is unused with web`]);
});

it('complains of a host that is told of traffic that it has not', async () => {
  const { watch, instanceId } = await aTargetGroup();

  watch.look('AfterAllowTraffic', instanceId);

  expect(watch.complaints).toEqual([`${instanceId} is told that it has its traffic, and is not registered with web`]);
});

it('is content with one that leaves, and has lost it to Auto Scaling', async () => {
  const { watch, instanceId } = await aTargetGroup({ isInService: false });

  watch.look('AfterAllowTraffic', instanceId);

  expect(watch.complaints).toEqual([]);
});
