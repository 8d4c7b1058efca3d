import type { GetDeploymentInput, GetDeploymentOutput } from '@aws-sdk/client-codedeploy';

import type { FleetDeployment } from '../../core/fleet-deployment.ts';
import { findDeployment } from '../deployments/find-deployment.ts';
import { setGoingAnew } from '../deployments/set-going.ts';
import type { Operation, Ports } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { deploymentInfo } from '../wire/deployment-info.ts';

/**
 * Tells how a deployment is, to a fleet as well as to an instance that launches or leaves. Whoever waits for one asks
 * this again and again: a creation that broke off is completed on the way.
 * @throws DeploymentIdRequired, InvalidDeploymentId, DeploymentDoesNotExist
 */
export const getDeployment: Operation<GetDeploymentInput, GetDeploymentOutput> = {
  input: { deploymentId: 'text' },

  async run(input, ports) {
    const found = await findDeployment(requireDeploymentId(input.deploymentId), ports);
    if (found.kind === 'fleet') await completeCreation(found.deployment, ports);
    return { deploymentInfo: await deploymentInfo(found, ports) };
  },
};

async function completeCreation(deployment: FleetDeployment, ports: Ports): Promise<void> {
  const isLate = deployment.status === 'Created' && ports.clock() - deployment.createdAtMs > LONGEST_START_MS;
  const application = isLate && (await ports.applications.byName(deployment.applicationName));
  if (application) await setGoingAnew(deployment, application, ports);
}

/** By then its execution has taken a deployment up, if it has one. */
const LONGEST_START_MS = 15_000;
