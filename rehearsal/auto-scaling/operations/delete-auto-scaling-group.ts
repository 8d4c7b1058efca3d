import { z } from 'zod';
import { flag } from '../../ec2/input.ts';
import { AwsError } from '../../endpoint/service.ts';
import { causes } from '../group/causes.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, ForceDelete: flag.default(false) });

/**
 * Deletes a group. By force its members are terminated, with their hooks, and the group goes when the last one has gone.
 * @throws AwsError ResourceInUse while it has members, ScalingActivityInProgress while it is at work
 */
export const deleteAutoScalingGroup = operation(rules, (input, { groups, activities, around }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  if (input.ForceDelete) {
    managed.deleteByForce(causes.groupDeleted(around.timers.now()));
    return;
  }
  const { name, arn, members } = managed.group;
  if (members.size > 0) {
    throw new AwsError(
      'ResourceInUse',
      'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
    );
  }
  if (activities.runningOf(arn).length > 0) {
    throw new AwsError(
      'ScalingActivityInProgress',
      'You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.',
    );
  }
  groups.remove(name);
});
