import type { Deployment } from './deployment.ts';
import { deploymentGroupIdFor } from './identifiers.ts';
import { signedMessage, type Signer } from './signing/signed-message.ts';

/** A specification in the envelope that agents expect: as it is for ours, signed for AWS's. */
export interface GenericEnvelope {
  readonly Format: 'TEXT/JSON' | 'PKCS7/JSON';
  readonly Payload: string;
}

/** What a host agent must know to run any command of a deployment. */
export function deploymentSpecification(deployment: Deployment): GenericEnvelope {
  return { Format: 'TEXT/JSON', Payload: specificationText(deployment) };
}

/** The same for AWS's agent, which takes no other form. */
export function signedDeploymentSpecification(deployment: Deployment, signer: Signer): GenericEnvelope {
  return { Format: 'PKCS7/JSON', Payload: signedMessage(specificationText(deployment), signer) };
}

function specificationText(deployment: Deployment): string {
  const { Bucket, Key, BundleType, Version, ETag } = deployment.revision?.S3Location ?? {};
  return JSON.stringify({
    DeploymentId: deployment.deploymentId,
    DeploymentGroupId: deploymentGroupIdFor(deployment.group),
    DeploymentGroupName: deployment.group.deploymentGroupName,
    ApplicationName: deployment.group.applicationName,
    DeploymentCreator: 'autoscaling',
    DeploymentType: 'IN_PLACE',
    AgentActionOverrides: { AgentOverrides: { FileExistsBehavior: deployment.fileExistsBehavior ?? 'DISALLOW' } },
    Revision: { RevisionType: 'S3', S3Revision: { Bucket, Key, BundleType, Version, ETag } },
  });
}
