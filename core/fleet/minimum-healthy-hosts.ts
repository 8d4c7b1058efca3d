import type { MinimumHealthyHosts } from '../deployment-configs/deployment-config.ts';

/**
 * Targets that must stay healthy. A percentage becomes whole hosts first, rounded up: 50 % of 9 keeps 5.
 * One at a time keeps all but one, so none of a fleet of one.
 * @param targets in the deployment, or in one zone of it, when it starts
 * @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_MinimumHealthyHosts.html
 */
export function targetsToKeepHealthy(targets: number, { type, value }: MinimumHealthyHosts): number {
  switch (type) {
    case 'HOST_COUNT':
      return value;
    case 'FLEET_PERCENT':
      return Math.ceil((targets * value) / 100);
    case 'MOST_CONCURRENCY':
      return Math.max(0, targets - value);
  }
}

/**
 * Targets that may be down at the same moment, whether worked on or failed: the budget of a deployment.
 * @returns 0 when the minimum spares no target, so that nothing could ever be deployed
 */
export function targetsThatMayBeDown(targets: number, minimum: MinimumHealthyHosts): number {
  return Math.max(0, targets - targetsToKeepHealthy(targets, minimum));
}
