import type { AutoScalingAccount } from './auto-scaling-account.ts';
import { validationError } from './faults.ts';
import { notPartOfGroup } from './faults.ts';
import type { ManagedGroup } from './group/managed-group.ts';
import type { Member } from './lifecycle/member.ts';

/** @throws AwsError ValidationError for an instance that no group manages */
export function memberAnywhere(
  { groups }: AutoScalingAccount,
  instanceId: string,
): { managed: ManagedGroup; member: Member } {
  const managed = groups.ofInstance(instanceId);
  const member = managed?.group.members.get(instanceId);
  if (!managed || !member) {
    throw validationError(`Instance Id not found - No managed instance found for instance ID: ${instanceId}`);
  }
  return { managed, member };
}

/** @throws AwsError ValidationError for the first instance that belongs to another group, or to none */
export const membersOf = ({ group }: ManagedGroup, instanceIds: readonly string[]): readonly Member[] =>
  instanceIds.map((instanceId) => {
    const member = group.members.get(instanceId);
    if (!member) throw notPartOfGroup(instanceId, group.name);
    return member;
  });
