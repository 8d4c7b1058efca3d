import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { sizesForbid } from '../capacity/sizes.ts';
import { validationError } from '../faults.ts';
import { activityView } from '../group/activity-view.ts';
import { runs } from '../group/auto-scaling-group.ts';
import { causes } from '../group/causes.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';
import { membersOf } from '../selection.ts';

const rules = z.object({ AutoScalingGroupName: groupName, InstanceIds: texts.default([]) });

/**
 * Brings members back into service, without hooks, and raises the desired capacity by their number.
 * @throws AwsError ValidationError for members that are not in standby, above the maximum, and while Launch is suspended
 */
export const exitStandby = operation(rules, (input, { groups, around }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const { group } = managed;
  const { name, sizes } = group;
  if (!runs(group, 'Launch')) throw validationError(`The Launch process of AutoScalingGroup ${name} is suspended.`);
  const members = membersOf(managed, input.InstanceIds);
  const elsewhere = members.find(({ lifecycleState }) => lifecycleState !== 'Standby');
  if (elsewhere) throw validationError(`The instance ${elsewhere.instanceId} is not in Standby.`);
  const desired = sizes.desired + members.length;
  if (desired > sizes.max) throw sizesForbid(name, sizes, 'move out of standby', members.length);

  managed.resize({ ...sizes, desired });
  const begun = members.map((member) => {
    const cause = causes.standbyLeft(around.timers.now(), member.instanceId);
    const activity = managed.activities.begin('exitStandby', member, cause);
    managed.members.apply(member.instanceId, { type: 'ExitStandby' });
    return activity;
  });
  return { Activities: begun.map(activityView) };
});
