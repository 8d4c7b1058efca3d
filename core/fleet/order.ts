import { createHash } from 'node:crypto';

import { type Revision, sameRevision } from '../revision.ts';

/** What is remembered of a host from earlier deployments of the same deployment group. */
export interface HostHistory {
  readonly targetId: string;
  /** How the last deployment to the host ended; missing when there was none. */
  readonly lastOutcome?: 'Succeeded' | 'Failed' | undefined;
  /** The revision that last came to the host without a failure. */
  readonly installed?: Revision | undefined;
}

/** `Healthy`: the last deployment to the host succeeded. A host that never had one is `Unhealthy`. */
export function instanceHealth({ lastOutcome }: HostHistory): 'Healthy' | 'Unhealthy' {
  return lastOutcome === 'Succeeded' ? 'Healthy' : 'Unhealthy';
}

/**
 * `Current`: the host runs the revision of the group's last successful deployment. Any other is `Old`, be it a newer
 * one that a failed deployment left behind. `Unknown`: none was ever installed.
 */
export function revisionHealth(
  { installed }: HostHistory,
  lastSuccessful: Revision | undefined,
): 'Unknown' | 'Old' | 'Current' {
  if (installed === undefined) return 'Unknown';
  return sameRevision(installed, lastSuccessful) ? 'Current' : 'Old';
}

/**
 * The targets in the order they are taken up: first those with least to lose (unhealthy, then of unknown, old and
 * current revision), in chance order among equals.
 * @param chance a number per target that decides among equals
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html
 */
export function inOrder<T extends HostHistory>(
  targets: readonly T[],
  lastSuccessful: Revision | undefined,
  chance: (targetId: string) => number,
): readonly T[] {
  return targets
    .map((target) => ({ target, rank: rank(target, lastSuccessful), lot: chance(target.targetId) }))
    .sort((one, other) => one.rank - other.rank || one.lot - other.lot)
    .map(({ target }) => target);
}

/** Lots that differ from deployment to deployment, and not between two tries to open the same one. From 0 to below 1. */
export function lotsOf(deploymentId: string): (targetId: string) => number {
  return (targetId) => createHash('sha256').update(`${deploymentId}/${targetId}`).digest().readUInt32BE() / 2 ** 32;
}

function rank(history: HostHistory, lastSuccessful: Revision | undefined): number {
  if (instanceHealth(history) === 'Unhealthy') return 0;
  return { Unknown: 1, Old: 2, Current: 3 }[revisionHealth(history, lastSuccessful)];
}
