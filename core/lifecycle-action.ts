import type { DeploymentGroupName } from './names.ts';

/** What Auto Scaling does with the instance once the lifecycle action is completed. */
export type LifecycleActionResult = 'CONTINUE' | 'ABANDON';

/**
 * One run of one of our lifecycle hooks for one instance: the input of an `InstanceDeployment` execution.
 * Two notifications of the same action give equal values, so that a duplicate starts nothing.
 */
export interface LifecycleAction {
  /** Which way the instance goes; it names the deployment as well. */
  readonly type: 'launch' | 'termination';
  readonly instanceId: string;
  readonly autoScalingGroupName: string;
  readonly lifecycleHookName: string;
  /** Identifies the action. Whoever knows it may complete the action: it stays out of logs. */
  readonly lifecycleActionToken: string;
  /** Those that deploy to the Auto Scaling group, in the order in which a launch goes through them. */
  readonly deploymentGroups: readonly DeploymentGroupName[];
  /** Which deployment of the action this is, from 1, where several deployment groups share it: see `deploymentsOf`. */
  readonly turn?: number;
  /** When Auto Scaling sent the notification, ISO 8601. */
  readonly noticedAt?: string;
  readonly heartbeatTimeoutSeconds?: number;
  readonly origin?: string;
  /** `WarmPool` for a termination that is no death: the instance comes back with a launch. */
  readonly destination?: string;
  /** An instance refresh swaps the root volume: the instance passes both kinds of hooks, and stays. */
  readonly replacesRootVolume?: true;
}

/**
 * The result that does no harm when nothing better is known: an instance nobody deployed to must not take traffic,
 * and one that leaves must not be held.
 */
export function safeResult(action: Pick<LifecycleAction, 'type'>): LifecycleActionResult {
  return action.type === 'launch' ? 'ABANDON' : 'CONTINUE';
}

/** Whether the instance is gone for good once this action is completed. */
export function endsTheInstance({
  type,
  replacesRootVolume,
  ...way
}: Pick<LifecycleAction, 'type' | 'destination' | 'replacesRootVolume'>): boolean {
  return type === 'termination' && !entersWarmPool(way) && !replacesRootVolume;
}

const WARM_POOL = 'WarmPool';

/** Whether the instance enters the warm pool once this action is completed: a new one, or one that served before. */
export function entersWarmPool({ destination }: Pick<LifecycleAction, 'destination'>): boolean {
  return destination === WARM_POOL;
}

/** Whether the instance is in the warm pool until this action is completed. */
export function leavesWarmPool({ origin }: Pick<LifecycleAction, 'origin'>): boolean {
  return origin === WARM_POOL;
}

const LONGEST_ACTION_SECONDS = 48 * 3600;
const MOST_HEARTBEAT_TIMEOUTS = 100;

/**
 * When Auto Scaling applies the hook's default result, whatever heartbeats it receives.
 * @returns milliseconds since the epoch; undefined when the notification's time is unknown
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html `GlobalTimeout`
 */
export function deadlineMs(action: Pick<LifecycleAction, 'noticedAt' | 'heartbeatTimeoutSeconds'>): number | undefined {
  if (action.noticedAt === undefined) return undefined;
  const seconds = Math.min(
    LONGEST_ACTION_SECONDS,
    MOST_HEARTBEAT_TIMEOUTS * (action.heartbeatTimeoutSeconds ?? LONGEST_ACTION_SECONDS),
  );
  return Date.parse(action.noticedAt) + seconds * 1000;
}
