import type {
  GetDeploymentSpecificationInput,
  GetDeploymentSpecificationOutput,
} from '../../../core/command-protocol.ts';
import { deploymentSpecification, signedDeploymentSpecification } from '../../../core/deployment-specification.ts';
import { deploymentIdIn } from '../../../core/identifiers.ts';
import type { Operation } from '../call.ts';
import { requireOwnHost } from '../caller.ts';
import { AccessDenied } from '../faults.ts';

/**
 * What the host must know to run the commands of one of its deployments. AWS's agent reads nothing that is not signed.
 * @throws AccessDenied for a deployment to another host, and for one that does not exist: the caller learns no more
 */
export const getDeploymentSpecification: Operation<
  GetDeploymentSpecificationInput,
  GetDeploymentSpecificationOutput
> = async (input, { caller, agent }, { deployments, installationKeys }) => {
  const { instanceId } = requireOwnHost(caller, input.HostIdentifier);
  const deploymentId = deploymentIdIn(input.DeploymentExecutionId);
  const deployment = deploymentId === undefined ? undefined : await deployments.byId(deploymentId);
  if (deployment?.action.instanceId !== instanceId) {
    throw new AccessDenied(`${input.DeploymentExecutionId} is no deployment to ${instanceId}`);
  }
  const GenericEnvelope =
    agent === 'slipway'
      ? deploymentSpecification(deployment)
      : signedDeploymentSpecification(deployment, (await installationKeys()).signer);
  return { DeploymentSystem: 'CodeDeploy', DeploymentSpecification: { GenericEnvelope } };
};
