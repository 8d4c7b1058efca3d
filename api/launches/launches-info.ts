import type { DeploymentGroup } from '../../core/deployment-group.ts';
import { revisionToLaunch } from '../../core/launch-guard/revision-to-launch.ts';
import { revisionLocation } from '../wire/revision-location.ts';

/** What a deployment group's launches come to, as its operations answer it. */
export function launchesInfo(group: DeploymentGroup): object {
  const { failing = [], heldGroups = [] } = group.launchGuard ?? {};
  const next = revisionToLaunch(group);
  return {
    ...(next.kind === 'launch' && { revision: revisionLocation(next.revision) }),
    ...('because' in next && next.because !== undefined && { because: next.because }),
    heldAutoScalingGroups: heldGroups,
    failingRevisions: failing.map(({ revision, deploymentIds, last, withdrawnAt }) => ({
      revision: revisionLocation(revision),
      deploymentIds,
      lastFailure: last,
      ...(withdrawnAt !== undefined && { withdrawnAt }),
    })),
  };
}
