import type { DeploymentCreator } from '../target-request.ts';
import { type DeploymentStatus, isTerminal } from './deployment-status.ts';

/** A deployment of a deployment group, as far as it is in the way of another. */
export interface DeploymentOfGroup {
  readonly deploymentId: string;
  readonly creator: DeploymentCreator;
  readonly status: DeploymentStatus;
}

/** Whether a deployment may begin. `wait`: it is stored as `Queued` until the other has ended. */
export type Slot =
  | { readonly kind: 'begin' }
  | { readonly kind: 'wait'; readonly activeDeploymentId: string }
  | { readonly kind: 'refuse'; readonly code: 'DeploymentLimitExceededException'; readonly message: string };

/**
 * A deployment group has one fleet deployment at a time: a user is refused a second one, rollbacks and follow-ons wait.
 * Deployments to instances that launch or leave run beside it.
 * Clients read the id out of the message, after "already has an active Deployment".
 */
export function slotFor(creator: DeploymentCreator, group: string, deployments: readonly DeploymentOfGroup[]): Slot {
  const active = deployments.find((other) => isOfFleet(other.creator) && !isTerminal(other.status));
  if (active === undefined || !isOfFleet(creator)) return { kind: 'begin' };
  if (creator !== 'user') return { kind: 'wait', activeDeploymentId: active.deploymentId };
  return {
    kind: 'refuse',
    code: 'DeploymentLimitExceededException',
    message: `The Deployment Group '${group}' already has an active Deployment '${active.deploymentId}'`,
  };
}

function isOfFleet(creator: DeploymentCreator): boolean {
  return !creator.startsWith('autoscaling');
}
