export type LifecycleTransition = 'autoscaling:EC2_INSTANCE_LAUNCHING' | 'autoscaling:EC2_INSTANCE_TERMINATING';
export const LAUNCHING: LifecycleTransition = 'autoscaling:EC2_INSTANCE_LAUNCHING';
export const TERMINATING: LifecycleTransition = 'autoscaling:EC2_INSTANCE_TERMINATING';

export type LifecycleActionResult = 'CONTINUE' | 'ABANDON';

/** A lifecycle hook of a group, defaults applied. */
export interface LifecycleHook {
  readonly lifecycleHookName: string;
  readonly lifecycleTransition: LifecycleTransition;
  readonly notificationTargetArn?: string;
  readonly roleArn?: string;
  readonly notificationMetadata?: string;
  readonly heartbeatTimeoutSeconds: number;
  readonly defaultResult: LifecycleActionResult;
}

export const DEFAULT_HEARTBEAT_TIMEOUT_SECONDS = 3600;
/** Not adjustable on AWS; both transitions together. */
export const HOOKS_PER_GROUP = 50;

const LONGEST_ACTION_SECONDS = 172_800;
const LONGEST_ACTION_IN_TIMEOUTS = 100;

/** Seconds after its start when an action ends however often it is extended: 48 hours or 100 timeouts, the shorter. */
export const globalTimeoutSeconds = (heartbeatTimeoutSeconds: number): number =>
  Math.min(LONGEST_ACTION_SECONDS, LONGEST_ACTION_IN_TIMEOUTS * heartbeatTimeoutSeconds);
