import { z } from 'zod';
import { flag, texts } from '../../ec2/input.ts';
import { sizesForbid } from '../capacity/sizes.ts';
import { validationError } from '../faults.ts';
import { activityView } from '../group/activity-view.ts';
import { causes } from '../group/causes.ts';
import { groupName } from '../group/group-input.ts';
import { countsTowardDesired } from '../lifecycle/lifecycle-state.ts';
import { operation } from '../operation.ts';
import { membersOf } from '../selection.ts';

const rules = z.object({
  AutoScalingGroupName: groupName,
  InstanceIds: texts.default([]),
  ShouldDecrementDesiredCapacity: flag,
});

/**
 * Lets members go, drained, running and without hooks.
 * @throws AwsError ValidationError for members that neither serve nor stand by, and for a violated minimum
 */
export const detachInstances = operation(rules, (input, { groups, around }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const { name, sizes } = managed.group;
  const members = membersOf(managed, input.InstanceIds);
  const busy = members.find(({ lifecycleState }) => lifecycleState !== 'InService' && lifecycleState !== 'Standby');
  if (busy) throw validationError(`The instance ${busy.instanceId} is not in InService or Standby.`);
  const counted = members.filter(({ lifecycleState }) => countsTowardDesired(lifecycleState)).length;
  const desired = sizes.desired - (input.ShouldDecrementDesiredCapacity ? counted : 0);
  if (desired < sizes.min) throw sizesForbid(name, sizes, 'detach', counted);

  managed.resize({ ...sizes, desired });
  const begun = members.map((member) => {
    const activity = managed.activities.begin(
      'detach',
      member,
      causes.detached(around.timers.now(), member.instanceId),
    );
    managed.members.apply(member.instanceId, { type: 'Detach' });
    return activity;
  });
  return { Activities: begun.map(activityView) };
});
