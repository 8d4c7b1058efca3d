import {
  deploymentSpecification,
  type GenericEnvelope,
  signedDeploymentSpecification,
} from '../../core/deployment-specification.ts';
import type { AgentKind } from '../../core/mailbox/hand-out.ts';
import type { Target } from '../../core/target.ts';
import type { Ports } from './call.ts';

/** What an agent is told of a deployment: AWS's reads nothing that is not signed. */
export async function specificationFor(
  agent: AgentKind,
  target: Target,
  ports: Pick<Ports, 'installationKeys' | 'gitHubAccessToken'>,
): Promise<GenericEnvelope> {
  const { revision } = target;
  const token =
    revision?.RevisionType === 'GitHub'
      ? await ports.gitHubAccessToken?.(revision.GitHubLocation.Repository)
      : undefined;
  if (agent === 'slipway') return deploymentSpecification(target, token);
  return signedDeploymentSpecification(target, (await ports.installationKeys()).signer, token);
}
