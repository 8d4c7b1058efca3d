import { type Revision, sameRevision } from '../revision.ts';
import type { HostHistory } from './order.ts';

/** Most follow-on deployments after one another, for hosts may be launched faster than they are brought up to date. */
const MOST_FOLLOW_ONS = 5;

/** Hosts whose last successful revision is another, or that never had one. */
export function outdatedHosts<T extends HostHistory>(hosts: readonly T[], revision: Revision): readonly T[] {
  return hosts.filter(({ installed }) => installed === undefined || !sameRevision(installed, revision));
}

/** A fleet deployment that ended, and the hosts that its group has now. */
export interface EndedFleet<T> {
  readonly status: 'Succeeded' | 'Failed' | 'Stopped';
  readonly strategy: 'UPDATE' | 'IGNORE';
  readonly revision: Revision;
  readonly hosts: readonly T[];
  /** Targets of this deployment and of those that it follows on. */
  readonly attempted: ReadonlySet<string>;
  /** Follow-on deployments behind the root, this one included. */
  readonly followOns: number;
  /** Hosts that are launching with another revision, and will be in service soon. */
  readonly arriving: number;
}

/** Whether another deployment follows, and to whom. `reason` is missing where nothing was left to do. */
export type FollowOn<T> =
  { readonly kind: 'deploy'; readonly targets: readonly T[] } | { readonly kind: 'none'; readonly reason?: string };

/**
 * Hosts launched while a fleet deployment ran have the revision before it. Once it succeeded, and unless the group
 * ignores them, another one of the same revision follows for them alone. Hosts that failed are not tried again.
 */
export function decideOnFollowOn<T extends HostHistory>(fleet: EndedFleet<T>): FollowOn<T> {
  if (fleet.status !== 'Succeeded' || fleet.strategy === 'IGNORE') return { kind: 'none' };
  const targets = outdatedHosts(fleet.hosts, fleet.revision).filter(({ targetId }) => !fleet.attempted.has(targetId));
  const outdated = targets.length + fleet.arriving;
  if (outdated === 0) return { kind: 'none' };
  if (fleet.followOns >= MOST_FOLLOW_ONS) {
    return {
      kind: 'none',
      reason: `${outdated} hosts are still outdated after ${MOST_FOLLOW_ONS} follow-on deployments: deploy again`,
    };
  }
  return { kind: 'deploy', targets };
}
