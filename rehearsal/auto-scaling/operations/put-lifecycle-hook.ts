import { groupName } from '../group/group-input.ts';
import { hookInput, mergeHook, requireHookRoom, testHook } from '../hooks.ts';
import { operation } from '../operation.ts';

const rules = hookInput.extend({ AutoScalingGroupName: groupName });

/**
 * Creates a hook, or changes the fields that are given. A given target receives a test message first; when it cannot,
 * nothing is created or changed.
 * @throws AwsError ValidationError, LimitExceeded
 */
export const putLifecycleHook = operation(rules, async (input, { groups, around }) => {
  const { group } = groups.get(input.AutoScalingGroupName);
  const before = group.hooks.get(input.LifecycleHookName);
  if (!before) requireHookRoom(group.hooks.size + 1);
  const hook = mergeHook(before, input);
  if (input.NotificationTargetARN) await testHook(group, hook, around);
  group.hooks.set(hook.lifecycleHookName, hook);
  return {};
});
