import { z } from 'zod';
import { flag, texts } from '../../ec2/input.ts';
import { validationError } from '../faults.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';
import { membersOf } from '../selection.ts';

const rules = z.object({
  AutoScalingGroupName: groupName,
  InstanceIds: texts.pipe(z.array(z.string()).max(50)),
  ProtectedFromScaleIn: flag,
});

const PROTECTABLE = ['InService', 'EnteringStandby', 'Standby'];

/** Protects members from being chosen when the group scales in, or ends that. @throws AwsError ValidationError */
export const setInstanceProtection = operation(rules, (input, { groups }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const members = membersOf(managed, input.InstanceIds);
  const unfit = members.find(({ lifecycleState }) => !PROTECTABLE.includes(lifecycleState));
  if (unfit)
    throw validationError(`The instance ${unfit.instanceId} is not in InService or EnteringStandby or Standby.`);
  for (const member of members) {
    managed.group.members.set(member.instanceId, { ...member, protectedFromScaleIn: input.ProtectedFromScaleIn });
  }
  managed.capacity.wake();
  return {};
});
