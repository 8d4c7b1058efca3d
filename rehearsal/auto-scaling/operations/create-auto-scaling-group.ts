import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { listOf, texts, wholeNumber } from '../../ec2/input.ts';
import type { AutoScalingAccount } from '../auto-scaling-account.ts';
import { resize } from '../capacity/sizes.ts';
import type { AutoScalingGroup } from '../group/auto-scaling-group.ts';
import { causes } from '../group/causes.ts';
import { groupInput, mergeSettings, readTags, tagInput } from '../group/group-input.ts';
import { hookInput, mergeHook, requireHookRoom, testHook } from '../hooks.ts';
import { operation } from '../operation.ts';

const rules = groupInput.extend({
  AutoScalingGroupName: z
    .string()
    .regex(/^[\u0021-\u0039\u003b-\u007e]{1,255}$/, 'Member must be ASCII without colons'),
  MinSize: wholeNumber.min(0),
  MaxSize: wholeNumber.min(0),
  TargetGroupARNs: texts.default([]),
  LifecycleHookSpecificationList: listOf(hookInput).default([]),
  Tags: listOf(tagInput).default([]),
});

/**
 * Creates a group with its hooks, so that no instance launches without them.
 * @throws AwsError AlreadyExists, ValidationError, LimitExceeded
 */
export const createAutoScalingGroup = operation(rules, async (input, account) => {
  const { groups, around } = account;
  groups.requireFree(input.AutoScalingGroupName);
  const group = newGroup(input, account);
  requireHookRoom(group.hooks.size);
  around.traffic.requireTargetGroups(input.TargetGroupARNs);
  for (const hook of group.hooks.values()) await testHook(group, hook, around);
  groups.add(group).resize(group.sizes, causes.groupCreated(around.timers.now(), group.sizes.desired));
});

function newGroup(input: z.output<typeof rules>, { around }: AutoScalingAccount): AutoScalingGroup {
  const { AutoScalingGroupName: name, MinSize: min, MaxSize: max, DesiredCapacity } = input;
  const { region, accountId } = around.ground;
  return {
    name,
    arn: `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:${randomUUID()}:autoScalingGroupName/${name}`,
    createdAtMs: around.timers.now(),
    settings: mergeSettings(undefined, input, around),
    sizes: resize({ min, max, desired: min }, { desired: DesiredCapacity }),
    tags: readTags(input.Tags),
    hooks: new Map(
      input.LifecycleHookSpecificationList.map((hook) => [hook.LifecycleHookName, mergeHook(undefined, hook)]),
    ),
    members: new Map(),
    targetGroupArns: new Set(input.TargetGroupARNs),
    provenTargetGroups: new Set(),
    suspended: new Map(),
    enabledMetrics: new Set(),
    deleting: false,
  };
}
