import { z } from 'zod';
import { noActiveAction, validationError } from './faults.ts';
import { groupName } from './group/group-input.ts';
import type { ManagedGroup } from './group/managed-group.ts';
import type { LifecycleAction } from './lifecycle/lifecycle-action.ts';
import type { Member } from './lifecycle/member.ts';
import { activeActions } from './lifecycle/member.ts';

/** How callers name an action: by its token, or by the instance that waits. */
export const actionIdentity = z.object({
  AutoScalingGroupName: groupName,
  LifecycleHookName: z.string(),
  LifecycleActionToken: z.string().optional(),
  InstanceId: z.string().optional(),
});

/** @throws AwsError ValidationError for an action that has ended or never was */
export function activeAction(
  { group }: ManagedGroup,
  { LifecycleHookName, LifecycleActionToken: token, InstanceId: instanceId }: z.output<typeof actionIdentity>,
): { readonly member: Member; readonly action: LifecycleAction } {
  if (token === undefined && instanceId === undefined) {
    throw validationError('Either LifecycleActionToken or InstanceId must be given.');
  }
  for (const member of candidates(group.members, instanceId)) {
    const action = activeActions(member).find(
      (active) =>
        active.hook.lifecycleHookName === LifecycleHookName && (token === undefined || active.token === token),
    );
    if (action) return { member, action };
  }
  throw noActiveAction(token === undefined ? { instanceId: instanceId ?? '' } : { token });
}

/** Clients that name the instance too spare the search through all members. */
function candidates(members: ReadonlyMap<string, Member>, instanceId: string | undefined): Iterable<Member> {
  if (instanceId === undefined) return members.values();
  const member = members.get(instanceId);
  return member ? [member] : [];
}
