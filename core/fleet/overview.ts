import type { WireTargetStatus } from './target-state.ts';

/** How many targets have which status; the six sum to the number of targets. */
export interface DeploymentOverview {
  readonly Pending: number;
  readonly InProgress: number;
  readonly Succeeded: number;
  readonly Failed: number;
  readonly Skipped: number;
  readonly Ready: number;
}

/** The overview of a deployment. `Unknown` has no counter of its own and counts as `Pending`. */
export function overviewOf(statuses: readonly WireTargetStatus[]): DeploymentOverview {
  const overview = { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0 };
  for (const status of statuses) overview[status === 'Unknown' ? 'Pending' : status] += 1;
  return overview;
}
