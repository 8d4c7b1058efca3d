import type { LifecycleAction } from './lifecycle-action.ts';

/** The two directions in which an instance can be held; one hook of ours each. */
export type HookDirection = LifecycleAction['type'];

/** Where all hooks of ours send what they hold, and by which role. */
export interface HookTarget {
  readonly lifecycleQueueArn: string;
  readonly hookRoleArn: string;
}
