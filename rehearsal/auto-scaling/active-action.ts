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
  { group, members }: ManagedGroup,
  { LifecycleHookName, LifecycleActionToken: token, InstanceId: instanceId }: z.output<typeof actionIdentity>,
): { readonly member: Member; readonly action: LifecycleAction } {
  if (token === undefined && instanceId === undefined) {
    throw validationError('Either LifecycleActionToken or InstanceId must be given.');
  }
  const owner = instanceId ?? members.actions.instanceOf(token ?? '');
  const member = owner === undefined ? undefined : group.members.get(owner);
  const action =
    member &&
    activeActions(member).find(
      (active) =>
        active.hook.lifecycleHookName === LifecycleHookName && (token === undefined || active.token === token),
    );
  if (member && action) return { member, action };
  throw noActiveAction(token === undefined ? { instanceId: instanceId ?? '' } : { token });
}
