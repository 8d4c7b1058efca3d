import { z } from 'zod';
import { validationError } from '../faults.ts';
import { groupName } from '../group/group-input.ts';
import { LAUNCHING } from '../lifecycle/lifecycle-hook.ts';
import { activeActions } from '../lifecycle/member.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, LifecycleHookName: z.string() });

/**
 * Deletes a hook after ending its actions: ABANDON for instances that launch, CONTINUE for those that terminate.
 * @throws AwsError ValidationError
 */
export const deleteLifecycleHook = operation(rules, (input, { groups }) => {
  const { group, members } = groups.get(input.AutoScalingGroupName);
  const hook = group.hooks.get(input.LifecycleHookName);
  if (!hook) throw validationError(`No Lifecycle Hook found with name: ${input.LifecycleHookName}`);
  group.hooks.delete(hook.lifecycleHookName);
  const result = hook.lifecycleTransition === LAUNCHING ? 'ABANDON' : 'CONTINUE';
  for (const member of [...group.members.values()]) {
    const action = activeActions(member).find((active) => active.hook.lifecycleHookName === hook.lifecycleHookName);
    if (!action) continue;
    const { token } = action;
    members.apply(member.instanceId, { type: 'ActionEnded', token, result, cause: 'DeleteLifecycleHook' });
  }
  return {};
});
