import { z } from 'zod';
import { wholeNumber } from '../ec2/input.ts';
import { limitExceeded, validationError } from './faults.ts';
import type { AutoScalingGroup } from './group/auto-scaling-group.ts';
import type { LifecycleHook } from './lifecycle/lifecycle-hook.ts';
import {
  DEFAULT_HEARTBEAT_TIMEOUT_SECONDS,
  HOOKS_PER_GROUP,
  LAUNCHING,
  TERMINATING,
} from './lifecycle/lifecycle-hook.ts';
import { testMessage } from './notifications/messages.ts';
import type { Surroundings } from './surroundings.ts';

/** A hook as callers give it. */
export const hookInput = z.object({
  LifecycleHookName: z.string().regex(/^[A-Za-z0-9\-_/]{1,255}$/, 'Member must be a valid lifecycle hook name'),
  LifecycleTransition: z.enum([LAUNCHING, TERMINATING]).optional(),
  NotificationTargetARN: z.string().optional(),
  RoleARN: z.string().optional(),
  NotificationMetadata: z
    .string()
    .max(4000)
    .regex(/^[\t\n\r\u0020-\u007e]*$/, 'Member must be printable ASCII')
    .optional(),
  HeartbeatTimeout: wholeNumber.min(30).max(7200).optional(),
  DefaultResult: z.enum(['CONTINUE', 'ABANDON']).optional(),
});
type HookInput = z.output<typeof hookInput>;

/**
 * A hook as it is after a change: given fields replace old ones, an empty target takes the old one away.
 * @throws AwsError ValidationError for a new hook without transition, and for a target without a role
 */
export function mergeHook(before: LifecycleHook | undefined, input: HookInput): LifecycleHook {
  const lifecycleTransition = input.LifecycleTransition ?? before?.lifecycleTransition;
  if (!lifecycleTransition) throw validationError('LifecycleTransition is required when creating a lifecycle hook.');
  const target = input.NotificationTargetARN ?? before?.notificationTargetArn;
  const role = input.RoleARN ?? before?.roleArn;
  if (target && !role) throw validationError('RoleARN is required when NotificationTargetARN is given.');
  const metadata = input.NotificationMetadata ?? before?.notificationMetadata;
  return {
    lifecycleHookName: input.LifecycleHookName,
    lifecycleTransition,
    ...(target && role && { notificationTargetArn: target, roleArn: role }),
    ...(metadata !== undefined && { notificationMetadata: metadata }),
    heartbeatTimeoutSeconds:
      input.HeartbeatTimeout ?? before?.heartbeatTimeoutSeconds ?? DEFAULT_HEARTBEAT_TIMEOUT_SECONDS,
    defaultResult: input.DefaultResult ?? before?.defaultResult ?? 'ABANDON',
  };
}

/**
 * Sends the test message that proves a hook's target and role.
 * @throws AwsError ValidationError, its text as clients match on it
 */
export async function testHook(
  group: Pick<AutoScalingGroup, 'name' | 'arn'>,
  { notificationTargetArn: targetArn, roleArn }: LifecycleHook,
  { ground, notifier, timers }: Surroundings,
): Promise<void> {
  if (targetArn === undefined || roleArn === undefined) return;
  const body = testMessage(group, ground.accountId, timers.now());
  const subject = `Auto Scaling: test notification for group "${group.name}"`;
  try {
    await notifier.send({ targetArn, roleArn }, { body, subject });
  } catch (error) {
    throw validationError(
      `Unable to publish test message to notification target ${targetArn} using IAM role ${roleArn}. ` +
        `Please check your target and role configuration and try to put lifecycle hook again. (${String(error)})`,
    );
  }
}

/** @throws AwsError LimitExceeded */
export function requireHookRoom(count: number): void {
  if (count > HOOKS_PER_GROUP) {
    throw limitExceeded(
      `Lifecycle hook limit exceeded. The limit for lifecycle hooks per group is ${HOOKS_PER_GROUP}.`,
    );
  }
}
