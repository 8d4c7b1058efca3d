import { z } from 'zod';
import { wholeNumber } from '../../ec2/input.ts';
import { setDesired } from '../capacity/sizes.ts';
import { causes } from '../group/causes.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, DesiredCapacity: wholeNumber.min(0) });

/** Changes how many instances a group should have. @throws AwsError ValidationError outside of min and max */
export const setDesiredCapacity = operation(rules, (input, { groups, around }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const before = managed.group.sizes;
  const sizes = setDesired(before, input.DesiredCapacity);
  managed.resize(sizes, causes.desiredSet(around.timers.now(), before.desired, sizes.desired));
});
