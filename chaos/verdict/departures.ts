import { isLifecycleAction } from '../../core/target-request.ts';
import type { Target } from '../../core/target.ts';
import type { Ended } from './ended.ts';

/** Between the beginning of a departure and its mark on the host: calls that fail, and are made again. */
const NOTED_MS = 300_000;

/** A host that leaves in the middle of a deployment is no failure of it, unless one of its scripts had failed. */
export function judgeDepartures({ records }: Ended): readonly string[] {
  return records.targets.filter(hasFailedInSilence).flatMap((target) => {
    const departure = records.targets.find((other) => isDepartureOf(target, other));
    if (!departure) return [];
    const { deploymentId, instanceId } = target;
    return [`${deploymentId} to ${instanceId} failed, though the host was leaving with ${departure.deploymentId}`];
  });
}

function hasFailedInSilence({ request, status, lifecycleEvents }: Target): boolean {
  const isScript = lifecycleEvents.some((event) => event.status === 'Failed');
  return !isLifecycleAction(request) && status === 'Failed' && lifecycleEvents.length > 0 && !isScript;
}

function isDepartureOf({ instanceId, openedAt, settledAt = '' }: Target, other: Target): boolean {
  const { request } = other;
  const leaves = isLifecycleAction(request) && request.type === 'termination';
  const isOnTheWay = other.openedAt > openedAt && Date.parse(other.openedAt) + NOTED_MS < Date.parse(settledAt);
  return other.instanceId === instanceId && leaves && isOnTheWay;
}
