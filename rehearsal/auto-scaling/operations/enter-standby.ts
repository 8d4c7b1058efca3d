import { z } from 'zod';
import { flag, texts } from '../../ec2/input.ts';
import { sizesForbid } from '../capacity/sizes.ts';
import { validationError } from '../faults.ts';
import { activityView } from '../group/activity-view.ts';
import { causes } from '../group/causes.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';
import { membersOf } from '../selection.ts';

const rules = z.object({
  AutoScalingGroupName: groupName,
  InstanceIds: texts.default([]),
  ShouldDecrementDesiredCapacity: flag,
});

/**
 * Takes members out of service, drained and without hooks. Without the decrement others launch in their place.
 * @throws AwsError ValidationError for members that do not serve, and for a violated minimum
 */
export const enterStandby = operation(rules, (input, { groups, around }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const { name, sizes } = managed.group;
  const members = membersOf(managed, input.InstanceIds);
  const notServing = members.find(({ lifecycleState }) => lifecycleState !== 'InService');
  if (notServing) throw validationError(`The instance ${notServing.instanceId} is not in InService.`);
  const desired = sizes.desired - (input.ShouldDecrementDesiredCapacity ? members.length : 0);
  if (desired < sizes.min) throw sizesForbid(name, sizes, 'place into standby', members.length);

  managed.resize({ ...sizes, desired });
  const begun = members.map((member) => {
    const cause = causes.standbyEntered(around.timers.now(), member.instanceId);
    const activity = managed.activities.begin('enterStandby', member, cause);
    managed.members.apply(member.instanceId, { type: 'EnterStandby' });
    return activity;
  });
  return { Activities: begun.map(activityView) };
});
