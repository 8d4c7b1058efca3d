import type { DeploymentInfo, DeploymentTarget, Diagnostics, LifecycleEvent } from '@aws-sdk/client-codedeploy';

/** What the API said of a deployment at one moment. */
export interface Observation {
  readonly deployment: DeploymentInfo;
  /** Targets whose work has begun, by id. */
  readonly targets: ReadonlyMap<string, ObservedTarget>;
}

export interface ObservedTarget {
  readonly targetId: string;
  readonly status: string;
  readonly lastUpdatedAt: Date | undefined;
  readonly events: readonly ObservedEvent[];
}

export interface ObservedEvent {
  readonly name: string;
  readonly status: string;
  readonly startTime: Date | undefined;
  readonly endTime: Date | undefined;
  readonly diagnostics: Diagnostics | undefined;
}

const ENDED: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'Stopped']);
const UNDER_WAY: ReadonlySet<string> = new Set(['Pending', 'InProgress', 'Ready']);

/** Whether nothing more happens to a deployment of this status. */
export function isEnded({ status }: DeploymentInfo): boolean {
  return status !== undefined && ENDED.has(status);
}

/** Whether nothing more happens to a target. */
export function isSettled({ status }: ObservedTarget): boolean {
  return !UNDER_WAY.has(status);
}

/** A target of any kind in one form; undefined for one that the API names without saying anything of it. */
export function observedTarget(target: DeploymentTarget): ObservedTarget | undefined {
  const found = target.instanceTarget ?? target.lambdaTarget ?? target.ecsTarget;
  if (found?.targetId === undefined) return undefined;
  return {
    targetId: found.targetId,
    status: found.status ?? 'Unknown',
    lastUpdatedAt: found.lastUpdatedAt,
    events: (found.lifecycleEvents ?? []).map(observedEvent),
  };
}

function observedEvent({ lifecycleEventName, status, startTime, endTime, diagnostics }: LifecycleEvent): ObservedEvent {
  return { name: lifecycleEventName ?? 'Unknown', status: status ?? 'Unknown', startTime, endTime, diagnostics };
}
