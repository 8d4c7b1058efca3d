import type {
  GetDeploymentSpecificationInput,
  GetDeploymentSpecificationOutput,
} from '../../../core/command-protocol.ts';
import { deploymentIdIn } from '../../../core/identifiers.ts';
import type { Operation } from '../call.ts';
import { requireOwnHost } from '../caller.ts';
import { AccessDenied } from '../faults.ts';
import { specificationFor } from '../specification-for.ts';

/**
 * What the host must know to run the commands of one of its deployments. AWS's agent reads nothing that is not signed.
 * @throws AccessDenied for a deployment to another host, and for one that does not exist: the caller learns no more
 */
export const getDeploymentSpecification: Operation<
  GetDeploymentSpecificationInput,
  GetDeploymentSpecificationOutput
> = async (input, { caller, agent }, ports) => {
  const { instanceId } = requireOwnHost(caller, input.HostIdentifier);
  const deploymentId = deploymentIdIn(input.DeploymentExecutionId);
  const target = deploymentId === undefined ? undefined : await ports.targets.byId({ deploymentId, instanceId });
  if (target === undefined) {
    throw new AccessDenied(`${input.DeploymentExecutionId} is no deployment to ${instanceId}`);
  }
  const GenericEnvelope = await specificationFor(agent, target, ports);
  return { DeploymentSystem: 'CodeDeploy', DeploymentSpecification: { GenericEnvelope } };
};
