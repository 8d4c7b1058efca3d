import type { Target } from './target.ts';
import { deploymentGroupIdFor } from './identifiers.ts';
import { signedMessage, type Signer } from './signing/signed-message.ts';

/** A specification in the envelope that agents expect: as it is for ours, signed for AWS's. */
export interface GenericEnvelope {
  readonly Format: 'TEXT/JSON' | 'PKCS7/JSON';
  readonly Payload: string;
}

/** What a host agent must know to run any command of a deployment. */
export function deploymentSpecification(target: Target): GenericEnvelope {
  return { Format: 'TEXT/JSON', Payload: specificationText(target) };
}

/** The same for AWS's agent, which takes no other form. */
export function signedDeploymentSpecification(target: Target, signer: Signer): GenericEnvelope {
  return { Format: 'PKCS7/JSON', Payload: signedMessage(specificationText(target), signer) };
}

function specificationText(target: Target): string {
  const { Bucket, Key, BundleType, Version, ETag } = target.revision?.S3Location ?? {};
  return JSON.stringify({
    DeploymentId: target.deploymentId,
    DeploymentGroupId: deploymentGroupIdFor(target.group),
    DeploymentGroupName: target.group.deploymentGroupName,
    ApplicationName: target.group.applicationName,
    DeploymentCreator: 'autoscaling',
    DeploymentType: 'IN_PLACE',
    AgentActionOverrides: { AgentOverrides: { FileExistsBehavior: target.fileExistsBehavior ?? 'DISALLOW' } },
    Revision: { RevisionType: 'S3', S3Revision: { Bucket, Key, BundleType, Version, ETag } },
  });
}
