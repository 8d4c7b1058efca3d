import { resize } from '../capacity/sizes.ts';
import { causes } from '../group/causes.ts';
import { groupInput, mergeSettings } from '../group/group-input.ts';
import { operation } from '../operation.ts';

/** Changes what is given and leaves the rest. @throws AwsError ValidationError */
export const updateAutoScalingGroup = operation(groupInput, (input, { groups, around }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const { group } = managed;
  const { MinSize: min, MaxSize: max, DesiredCapacity } = input;
  const before = group.sizes;
  const sizes = resize(before, { min, max, desired: DesiredCapacity });
  group.settings = mergeSettings(group.settings, input, around);
  managed.resize(sizes, causes.groupUpdated(around.timers.now(), sizes, before.desired));
});
