import { Instances } from '../../rehearsal/ec2/instances.ts';
import type { MachinePort } from '../../rehearsal/ec2/machine-port.ts';
import type { Timers } from '../../rehearsal/ec2/timers.ts';
import type { HostProvider } from '../../rehearsal/hosts/host.ts';
import type { Ground } from '../../rehearsal/part.ts';

const BOOT_MS = 10_000;
const TEMPLATE = { id: 'lt-0123456789abcdef0', name: 'web' };

/** EC2 as Auto Scaling uses it: machines of one launch template. */
export function machinesOf(ground: Ground, timers: Timers, hosts: HostProvider): MachinePort {
  const instances = new Instances({
    timers,
    journal: ground.journal,
    hosts,
    bootMs: BOOT_MS,
    roleOfInstanceProfile: () => Promise.resolve(undefined),
  });
  return {
    launch: ({ availabilityZone, tags, targetLifecycleState }) => {
      const { instanceId, instanceType, imageId } = instances.run({
        imageId: 'ami-0123456789abcdef0',
        instanceType: 't3.micro',
        availabilityZone,
        securityGroupIds: [],
        userData: '',
        tags,
        targetLifecycleState,
      });
      return { instanceId, instanceType, imageId, launchTemplate: { ...TEMPLATE, version: 1 } };
    },
    describeTemplate: () => TEMPLATE,
    stop: (instanceId) => instances.stop(instanceId),
    start: (instanceId) => instances.start(instanceId),
    terminate: (instanceId) => instances.terminate(instanceId),
    find: (instanceId) => instances.find(instanceId),
    onStateChange: (listener) => {
      instances.onStateChange(listener);
    },
    subnet: () => {
      throw new Error('The groups here name zones, no subnets');
    },
  };
}
