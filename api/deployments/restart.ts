import type { CreateDeploymentInput } from '@aws-sdk/client-codedeploy';

import type { Application } from '../../core/application.ts';
import { InvalidDeploymentInput, NotBuilt } from '../errors/deployment-errors.ts';
import type { IdentifiedGroup } from '../validation/deployment-group.ts';

/** Whether a deployment shall start again what runs, instead of deploying a revision. @throws InvalidDeploymentInput */
export function isRestart({ deploymentMode = 'STANDARD' }: CreateDeploymentInput): boolean {
  if (deploymentMode === 'STANDARD' || deploymentMode === 'RESTART') return deploymentMode === 'RESTART';
  throw invalid(`The deployment mode ${String(deploymentMode)} is not valid: it must be STANDARD or RESTART`);
}

/**
 * Refuses a restart: for the first fault in what is asked, else for being one that nothing here does yet.
 * @throws InvalidDeploymentInput, NotBuilt, one of them always
 */
export function refuseRestart(
  { revision, updateOutdatedInstancesOnly }: CreateDeploymentInput,
  { computePlatform }: Application,
  { settings }: IdentifiedGroup,
): never {
  if (computePlatform !== 'Server') {
    throw new InvalidDeploymentInput(
      'InvalidComputePlatformException',
      `Servers can be restarted, and the application is for ${computePlatform}`,
    );
  }
  if (settings?.deploymentStyle.deploymentType === 'BLUE_GREEN') throw invalid('Only deployments in place can restart');
  if (revision) throw invalid('A restart takes the revision of the last successful deployment: leave revision out');
  if (updateOutdatedInstancesOnly) {
    throw new InvalidDeploymentInput(
      'InvalidUpdateOutdatedInstancesOnlyValueException',
      'A restart takes every instance: leave updateOutdatedInstancesOnly out',
    );
  }
  throw new NotBuilt('restarts');
}

function invalid(message: string): InvalidDeploymentInput {
  return new InvalidDeploymentInput('InvalidInputException', message);
}
