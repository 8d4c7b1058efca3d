import { type Revision, sameRevision } from '../revision.ts';

/** A launch that failed, as people are told of it. */
export interface FailedLaunch {
  readonly deploymentId: string;
  readonly instanceId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string;
  /** The hook script that failed, and the last of what it printed, where it was one. */
  readonly scriptName?: string;
  readonly logTail?: string;
}

/** A revision whose launches fail one after the other. */
export interface FailingRevision {
  readonly revision: Revision;
  /** Of the launches that failed, with no success in between. */
  readonly deploymentIds: readonly string[];
  readonly last: FailedLaunch;
  /** When so many had failed that it is launched no more, ISO 8601. */
  readonly withdrawnAt?: string;
  /** Whether people have been told of that. */
  readonly isTold?: true;
}

/** What a deployment group remembers of launches that failed, so that a bad revision does not loop. */
export interface LaunchGuard {
  readonly failing: readonly FailingRevision[];
  /** Auto Scaling groups whose `Launch` process we have suspended, or are about to. */
  readonly heldGroups: readonly string[];
  /** Counts the changes, from 1. */
  readonly version: number;
}

export const NO_FAILURES: LaunchGuard = { failing: [], heldGroups: [], version: 0 };

/** Launches in a row that may fail before their revision is withdrawn, unless the group says otherwise. */
export const LAUNCH_FAILURE_LIMIT = 3;

/** What is remembered of a revision, if its launches fail. */
export function failingRevision({ failing }: LaunchGuard, revision: Revision): FailingRevision | undefined {
  return failing.find((entry) => sameRevision(entry.revision, revision));
}

/** Takes note of a launch that failed; `unchanged` where that is known, or its revision withdrawn already. */
export function noteFailure(
  guard: LaunchGuard,
  revision: Revision,
  failure: FailedLaunch,
  limit: number,
): LaunchGuard | 'unchanged' {
  const before = failingRevision(guard, revision);
  const ids = before?.deploymentIds ?? [];
  if (before?.withdrawnAt !== undefined || ids.includes(failure.deploymentId)) return 'unchanged';
  const deploymentIds = [...ids, failure.deploymentId];
  const isOver = deploymentIds.length >= limit;
  const entry = { revision, deploymentIds, last: failure, ...(isOver && { withdrawnAt: failure.at }) };
  return withFailing(guard, [...others(guard, revision), entry]);
}

/** Takes note of a launch or a deployment that succeeded: its revision is none that fails. */
export function noteSuccess(guard: LaunchGuard, revision: Revision): LaunchGuard | 'unchanged' {
  return failingRevision(guard, revision) ? withFailing(guard, others(guard, revision)) : 'unchanged';
}

/** Takes note that people know of a revision that was withdrawn. */
export function noteTold(guard: LaunchGuard, revision: Revision): LaunchGuard | 'unchanged' {
  const entry = failingRevision(guard, revision);
  if (!entry || entry.isTold) return 'unchanged';
  return withFailing(guard, [...others(guard, revision), { ...entry, isTold: true }]);
}

/** Takes note that launches of an Auto Scaling group are held; on record before they are. */
export function noteHeld(guard: LaunchGuard, autoScalingGroupName: string): LaunchGuard | 'unchanged' {
  if (guard.heldGroups.includes(autoScalingGroupName)) return 'unchanged';
  return { ...guard, heldGroups: [...guard.heldGroups, autoScalingGroupName], version: guard.version + 1 };
}

/** Takes note that launches of these Auto Scaling groups are held no more. */
export function noteReleased(guard: LaunchGuard, released: readonly string[]): LaunchGuard {
  const heldGroups = guard.heldGroups.filter((name) => !released.includes(name));
  return { ...guard, heldGroups, version: guard.version + 1 };
}

/** Gives every revision another chance. What is held stays on record until it is let go. */
export function forgetFailures(guard: LaunchGuard): LaunchGuard | 'unchanged' {
  return guard.failing.length === 0 ? 'unchanged' : withFailing(guard, []);
}

function others({ failing }: LaunchGuard, revision: Revision): FailingRevision[] {
  return failing.filter((entry) => !sameRevision(entry.revision, revision));
}

function withFailing(guard: LaunchGuard, failing: readonly FailingRevision[]): LaunchGuard {
  return { ...guard, failing, version: guard.version + 1 };
}
