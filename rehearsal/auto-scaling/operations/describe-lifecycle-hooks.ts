import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { groupName } from '../group/group-input.ts';
import type { LifecycleHook } from '../lifecycle/lifecycle-hook.ts';
import { globalTimeoutSeconds } from '../lifecycle/lifecycle-hook.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, LifecycleHookNames: texts.default([]) });

/** Hooks of a group; what a hook does not set is left out. @throws AwsError ValidationError */
export const describeLifecycleHooks = operation(rules, (input, { groups }) => {
  const { group } = groups.get(input.AutoScalingGroupName);
  const { LifecycleHookNames: names } = input;
  const chosen = [...group.hooks.values()].filter(
    ({ lifecycleHookName }) => names.length === 0 || names.includes(lifecycleHookName),
  );
  return { LifecycleHooks: chosen.map((hook) => view(hook, group.name)) };
});

const view = (hook: LifecycleHook, group: string) => ({
  LifecycleHookName: hook.lifecycleHookName,
  AutoScalingGroupName: group,
  LifecycleTransition: hook.lifecycleTransition,
  NotificationTargetARN: hook.notificationTargetArn,
  RoleARN: hook.roleArn,
  NotificationMetadata: hook.notificationMetadata,
  HeartbeatTimeout: hook.heartbeatTimeoutSeconds,
  GlobalTimeout: globalTimeoutSeconds(hook.heartbeatTimeoutSeconds),
  DefaultResult: hook.defaultResult,
});
