import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import type { AutoScalingAccount } from '../auto-scaling-account.ts';
import { sizesForbid } from '../capacity/sizes.ts';
import { validationError } from '../faults.ts';
import { runs } from '../group/auto-scaling-group.ts';
import { causes } from '../group/causes.ts';
import { groupName } from '../group/group-input.ts';
import type { ManagedGroup } from '../group/managed-group.ts';
import type { Member } from '../lifecycle/member.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, InstanceIds: texts.default([]) });

/**
 * Takes running instances into a group, without hooks, and raises the desired capacity by their number.
 * @throws AwsError ValidationError for instances that do not run or are taken, above the maximum, and while Launch is suspended
 */
export const attachInstances = operation(rules, (input, account) => {
  const managed = account.groups.get(input.AutoScalingGroupName);
  const { group } = managed;
  const { name, sizes } = group;
  if (!runs(group, 'Launch')) throw validationError(`The Launch process of AutoScalingGroup ${name} is suspended.`);
  const newcomers = input.InstanceIds.map((instanceId) => newcomer(managed, instanceId, account));
  const desired = sizes.desired + newcomers.length;
  if (desired > sizes.max) throw sizesForbid(name, sizes, 'attach', newcomers.length);

  managed.resize({ ...sizes, desired });
  for (const member of newcomers) {
    managed.members.add(member);
    managed.activities.begin('attach', member, causes.attached(account.around.timers.now(), member.instanceId));
    account.around.machines.find(member.instanceId)?.tags.set('aws:autoscaling:groupName', name);
    managed.members.apply(member.instanceId, { type: 'Attach' });
  }
});

function newcomer({ group }: ManagedGroup, instanceId: string, { groups, around }: AutoScalingAccount): Member {
  const machine = around.machines.find(instanceId);
  if (!machine || machine.state !== 'running') {
    throw validationError(`Invalid Instance ID(s) ${instanceId} specified: the instance is not running.`);
  }
  const owner = groups.ofInstance(instanceId);
  if (owner) throw validationError(`Instance ${instanceId} is already part of AutoScalingGroup ${owner.group.name}.`);
  const { imageId, instanceType, availabilityZone, tags } = machine;
  const { launchTemplate } = group.settings;
  return {
    instanceId,
    imageId,
    instanceType,
    availabilityZone,
    launchTemplate: { ...launchTemplate, version: Number(tags.get('aws:ec2launchtemplate:version') ?? 1) },
    lifecycleState: 'Pending',
    healthStatus: 'Healthy',
    protectedFromScaleIn: group.settings.newInstancesProtectedFromScaleIn,
    joinedAtMs: around.timers.now(),
    registered: false,
    actions: [],
  };
}
