/**
 * CodeDeploy's statuses of a deployment. `Baking` is in its model and never entered here; `Queued` is a rollback or a
 * follow-on that waits for its deployment group.
 */
export type DeploymentStatus =
  'Created' | 'Queued' | 'InProgress' | 'Baking' | 'Ready' | 'Succeeded' | 'Failed' | 'Stopped';

const MAY_BECOME: Readonly<Record<DeploymentStatus, readonly DeploymentStatus[]>> = {
  Created: ['Queued', 'InProgress', 'Failed', 'Stopped'],
  Queued: ['InProgress', 'Failed', 'Stopped'],
  InProgress: ['Ready', 'Baking', 'Succeeded', 'Failed', 'Stopped'],
  Ready: ['InProgress', 'Failed', 'Stopped'],
  Baking: ['Succeeded', 'Failed', 'Stopped'],
  Succeeded: [],
  Failed: [],
  Stopped: [],
};

/** Whether a deployment of that status has ended; its status never changes again. */
export function isTerminal(status: DeploymentStatus): boolean {
  return MAY_BECOME[status].length === 0;
}

/** Whether nothing of a deployment of that status has begun, on any target. */
export function isYetToBegin(status: DeploymentStatus): boolean {
  return statusesBefore('InProgress').includes(status);
}

/** The statuses that may turn into this one: the condition to write it under. */
export function statusesBefore(status: DeploymentStatus): readonly DeploymentStatus[] {
  return (Object.keys(MAY_BECOME) as DeploymentStatus[]).filter((before) => MAY_BECOME[before].includes(status));
}
