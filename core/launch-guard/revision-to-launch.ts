import { type DeploymentGroup, targetRevision } from '../deployment-group.ts';
import { describeRevision, type Revision, sameRevision } from '../revision.ts';
import { type FailingRevision, failingRevision, NO_FAILURES } from './launch-guard.ts';

/** What a launching host gets. */
export type RevisionToLaunch =
  | { readonly kind: 'launch'; readonly revision: Revision; readonly because?: string }
  /** The group has never had a revision. */
  | { readonly kind: 'none' }
  /** Each that the group has is withdrawn. */
  | { readonly kind: 'held'; readonly because: string };

/**
 * The group's target revision, unless its launches keep failing; then the last that succeeded, unless its launches
 * fail as well.
 */
export function revisionToLaunch(
  group: Pick<DeploymentGroup, 'revision' | 'isRolledOut' | 'lastSuccessfulRevision' | 'launchGuard'>,
): RevisionToLaunch {
  const guard = group.launchGuard ?? NO_FAILURES;
  const wanted = targetRevision(group);
  const other = group.lastSuccessfulRevision;
  if (!wanted) return { kind: 'none' };
  const reason = whyWithdrawn(failingRevision(guard, wanted));
  if (reason === undefined) return { kind: 'launch', revision: wanted };
  if (other && !sameRevision(wanted, other) && whyWithdrawn(failingRevision(guard, other)) === undefined) {
    return {
      kind: 'launch',
      revision: other,
      because: `${reason}; the last revision that succeeded is deployed instead`,
    };
  }
  return { kind: 'held', because: `${reason}, and there is no other that succeeded` };
}

function whyWithdrawn(entry: FailingRevision | undefined): string | undefined {
  if (entry?.withdrawnAt === undefined) return undefined;
  const { revision, deploymentIds, last } = entry;
  return `${deploymentIds.length} launches in a row of ${describeRevision(revision)} failed, ${last.deploymentId} the last`;
}
