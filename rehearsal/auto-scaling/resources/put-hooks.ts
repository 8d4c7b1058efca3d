import { isDeepStrictEqual } from 'node:util';
import type { AutoScalingAccount } from '../auto-scaling-account.ts';
import { putLifecycleHook } from '../operations/put-lifecycle-hook.ts';
import { invoke } from './invoke.ts';

/**
 * Puts the hooks of a changed `LifecycleHookSpecificationList`, those that differ from before. A hook that left the
 * list stays on the group: that AWS removes it is not documented.
 */
export async function putHooks(
  account: AutoScalingAccount,
  groupName: string,
  wanted: unknown,
  before: unknown,
): Promise<void> {
  const known = (before ?? []) as readonly unknown[];
  const changed = ((wanted ?? []) as readonly Record<string, unknown>[]).filter(
    (hook) => !known.some((old) => isDeepStrictEqual(old, hook)),
  );
  for (const hook of changed) {
    await invoke(putLifecycleHook(account), { ...hook, AutoScalingGroupName: groupName });
  }
}
