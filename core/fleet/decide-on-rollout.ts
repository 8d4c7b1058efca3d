import type { FleetDeployment, PastDeployment } from '../fleet-deployment.ts';
import { type Revision, sameRevision } from '../revision.ts';
import type { HostHistory } from './order.ts';
import { outdatedHosts } from './outdated.ts';

/** What a stack declares of its deployment group, and what is known of that. */
export interface DeclaredRollout {
  readonly revision: Revision;
  readonly stackId: string;
  /** Whether the stack declares it for the first time, as it does when it is created. */
  readonly isFirst: boolean;
  /** Whether the stack goes back to its template before. */
  readonly isRollback: boolean;
  /** The deployment that the group is taken by. */
  readonly active: FleetDeployment | undefined;
  readonly lastAttempted: PastDeployment | undefined;
  /** In service now. */
  readonly hosts: readonly HostHistory[];
}

export type RolloutDecision =
  | { readonly kind: 'deploy' }
  /** All hosts run it, or there are none: it is what the next ones get. With the last deployment, if there was any. */
  | { readonly kind: 'done'; readonly deploymentId: string | undefined }
  /** A deployment of the same revision runs: its verdict is the answer. */
  | { readonly kind: 'join'; readonly deploymentId: string }
  /** The stack has changed its mind: its own deployment ends, and the new one begins. */
  | { readonly kind: 'replace'; readonly deploymentId: string }
  /** Somebody else deploys, who has the last word on a group whose stack only goes back. */
  | { readonly kind: 'leave'; readonly deploymentId: string }
  /** Somebody else deploys, and a stack that goes forward has to wait for that. */
  | { readonly kind: 'refuse'; readonly deploymentId: string };

/**
 * What a declared revision leads to. It follows from how the group stands and not from what was asked before, so that a
 * request may be repeated, and a stack that goes back finds what is done already: by the group's own rollback, say.
 */
export function decideOnRollout(rollout: DeclaredRollout): RolloutDecision {
  const { active, revision, stackId, isRollback, lastAttempted } = rollout;
  if (!active) {
    return isInPlace(rollout) ? { kind: 'done', deploymentId: lastAttempted?.deploymentId } : { kind: 'deploy' };
  }
  const { deploymentId, successor, declaredBy } = active;
  if (!successor && sameRevision(revision, active.revision)) return { kind: 'join', deploymentId };
  if (declaredBy?.stackId === stackId) return { kind: 'replace', deploymentId };
  return { kind: isRollback ? 'leave' : 'refuse', deploymentId };
}

/**
 * Whether there is nothing to do. What hosts have on record is what succeeded there last, which a deployment that failed
 * may have left in ruins: then the record of the group counts.
 */
function isInPlace({ hosts, revision, isFirst, lastAttempted }: DeclaredRollout): boolean {
  if (hosts.length === 0) return true;
  if (outdatedHosts(hosts, revision).length > 0) return false;
  if (isFirst || !lastAttempted) return true;
  return lastAttempted.status === 'Succeeded' && sameRevision(revision, lastAttempted.revision);
}
