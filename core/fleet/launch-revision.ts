import type { DeploymentGroup } from '../deployment-group.ts';
import { type RevisionToLaunch, revisionToLaunch } from '../launch-guard/revision-to-launch.ts';
import { type Revision, sameRevision } from '../revision.ts';

/** A deployment that rolls over the fleet of a deployment group just now. */
export interface Rollout {
  readonly deploymentId: string;
  readonly revision: Revision;
  /** Whether a target has succeeded with it. */
  readonly hasSucceeded: boolean;
}

/** The tag of a deployment group that says the same as its declaration, for groups that the API makes. */
export const LAUNCH_REVISION_TAG = 'slipway:launch-revision';

/** What a host gets that is born while a deployment rolls over its group. */
export type LaunchRevision = 'last-successful' | 'in-flight';

/** What a launching host gets; `inFlightOf` names the deployment of the revision while nobody knows how that ends. */
export type NextRevision = RevisionToLaunch & { readonly inFlightOf?: string };

/**
 * What a launching host gets. While a deployment rolls over the fleet that is the last revision that succeeded, as with
 * CodeDeploy, and a follow-on brings the host up to date; or the one in flight, once a target has succeeded with it.
 */
export function nextRevision(
  group: DeploymentGroup,
  rollout: Rollout | undefined,
  choice: LaunchRevision,
): NextRevision {
  if (!rollout) return revisionToLaunch(group);
  if (choice === 'last-successful' || !rollout.hasSucceeded) return revisionToLaunch({ ...group, isRolledOut: true });
  const { revision, deploymentId } = rollout;
  const next = revisionToLaunch({ ...group, revision, isRolledOut: false });
  const isInFlight = next.kind === 'launch' && sameRevision(next.revision, revision);
  return isInFlight ? { ...next, inFlightOf: deploymentId } : next;
}
