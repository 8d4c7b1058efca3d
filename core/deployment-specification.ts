import { deploymentGroupIdFor } from './identifiers.ts';
import type { Revision } from './revision.ts';
import { signedMessage, type Signer } from './signing/signed-message.ts';
import { creatorOf } from './target-request.ts';
import type { Target } from './target.ts';

/** A specification in the envelope that agents expect: as it is for ours, signed for AWS's. */
export interface GenericEnvelope {
  readonly Format: 'TEXT/JSON' | 'PKCS7/JSON';
  readonly Payload: string;
}

/**
 * What a host agent must know to run any command of a deployment.
 * @param gitHubAccessToken opens the repository that its revision is in
 */
export function deploymentSpecification(target: Target, gitHubAccessToken?: string): GenericEnvelope {
  return { Format: 'TEXT/JSON', Payload: specificationText(target, gitHubAccessToken) };
}

/** The same for AWS's agent, which takes no other form. */
export function signedDeploymentSpecification(
  target: Target,
  signer: Signer,
  gitHubAccessToken?: string,
): GenericEnvelope {
  return { Format: 'PKCS7/JSON', Payload: signedMessage(specificationText(target, gitHubAccessToken), signer) };
}

function specificationText(target: Target, gitHubAccessToken: string | undefined): string {
  return JSON.stringify({
    DeploymentId: target.deploymentId,
    DeploymentGroupId: deploymentGroupIdFor(target.group),
    DeploymentGroupName: target.group.deploymentGroupName,
    ApplicationName: target.group.applicationName,
    DeploymentCreator: creatorOf(target.request),
    DeploymentType: 'IN_PLACE',
    AgentActionOverrides: { AgentOverrides: { FileExistsBehavior: target.fileExistsBehavior ?? 'DISALLOW' } },
    // Slipway's agent alone is told so: AWS's runs nothing that it has not downloaded for the very deployment.
    ...(target.isInstalled && { RevisionIsInstalled: true }),
    ...(gitHubAccessToken && { GitHubAccessToken: gitHubAccessToken }),
    Revision: target.revision && revisionText(target.revision),
  });
}

/** A revision as agents read it: each type has a member of its own. */
function revisionText(revision: Revision): object {
  if (revision.RevisionType === 'S3') {
    const { Bucket, Key, BundleType, Version, ETag } = revision.S3Location;
    return { RevisionType: 'S3', S3Revision: { Bucket, Key, BundleType, Version, ETag } };
  }
  const { Repository, CommitId } = revision.GitHubLocation;
  const [Account, name] = Repository.split('/');
  // GitHub offers a commit as tar or zip; AWS's agent takes a tar for granted where nothing is said.
  return { RevisionType: 'GitHub', GitHubRevision: { Account, Repository: name, CommitId, BundleType: 'tar' } };
}
