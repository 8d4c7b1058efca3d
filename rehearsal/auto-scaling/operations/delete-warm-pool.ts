import { z } from 'zod';
import { flag } from '../../ec2/input.ts';
import { AwsError } from '../../endpoint/service.ts';
import { warmMembers } from '../group/auto-scaling-group.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, ForceDelete: flag.default(false) });

/** Deletes a warm pool, by force with its instances; it is gone when they are. @throws AwsError ResourceInUse */
export const deleteWarmPool = operation(rules, (input, { groups }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const { warmPool } = managed.group;
  if (!warmPool) return {};
  const isEmpty = warmMembers(managed.group).length === 0;
  if (!isEmpty && !input.ForceDelete) {
    throw new AwsError('ResourceInUse', 'You cannot delete a warm pool while there are instances in it.');
  }
  managed.keepWarm(isEmpty ? undefined : { ...warmPool, deleting: true });
  return {};
});
