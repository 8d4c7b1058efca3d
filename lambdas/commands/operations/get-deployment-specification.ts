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
> = async (input, { caller, agent }, { targets, installationKeys }) => {
  const { instanceId } = requireOwnHost(caller, input.HostIdentifier);
  const deploymentId = deploymentIdIn(input.DeploymentExecutionId);
  const target = deploymentId === undefined ? undefined : await targets.byId({ deploymentId, instanceId });
  if (target === undefined) {
    throw new AccessDenied(`${input.DeploymentExecutionId} is no deployment to ${instanceId}`);
  }
  const GenericEnvelope =
    agent === 'slipway'
      ? deploymentSpecification(target)
      : signedDeploymentSpecification(target, (await installationKeys()).signer);
  return { DeploymentSystem: 'CodeDeploy', DeploymentSpecification: { GenericEnvelope } };
};
