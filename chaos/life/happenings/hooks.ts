import type { Course } from '../course.ts';
import { hooksOf } from '../setting.ts';

const HOOKS = ['slipway-launch', 'slipway-termination'] as const;

export async function deleteHook(course: Course): Promise<string> {
  const hook = course.lots.pick(HOOKS);
  await spoil(course, () => course.call('DeleteLifecycleHook', { LifecycleHookName: hook }));
  return hook;
}

export async function editHook(course: Course): Promise<string> {
  const hook = course.lots.pick(HOOKS);
  const change = course.lots.pick([{ HeartbeatTimeout: 120 }, { NotificationMetadata: 'mine now' }]);
  await spoil(course, () => course.call('PutLifecycleHook', { LifecycleHookName: hook, ...change }));
  return `${hook} ${JSON.stringify(change)}`;
}

/** Spoils a hook for a while. */
async function spoil(course: Course, change: () => Promise<void>): Promise<void> {
  const { clock } = course.world;
  const span = { fromMs: clock.now(), untilMs: Infinity };
  course.hooksAmiss.push(span);
  await change().catch(() => undefined); // deleted twice
  course.later(course.lots.between(10_000, 900_000), async () => {
    for (const hook of hooksOf(course.setting)) await course.call('PutLifecycleHook', hook);
    span.untilMs = clock.now();
  });
}
