import type { Deployment } from './deployment.ts';
import { deploymentGroupIdFor } from './identifiers.ts';

/** A specification in the envelope that agents expect. */
export interface GenericEnvelope {
  readonly Format: 'TEXT/JSON';
  readonly Payload: string;
}

/** What a host agent must know to run any command of a deployment. */
export function deploymentSpecification(deployment: Deployment): GenericEnvelope {
  const { Bucket, Key, BundleType, Version, ETag } = deployment.revision?.S3Location ?? {};
  return {
    Format: 'TEXT/JSON',
    Payload: JSON.stringify({
      DeploymentId: deployment.deploymentId,
      DeploymentGroupId: deploymentGroupIdFor(deployment.group),
      DeploymentGroupName: deployment.group.deploymentGroupName,
      ApplicationName: deployment.group.applicationName,
      DeploymentCreator: 'autoscaling',
      DeploymentType: 'IN_PLACE',
      AgentActionOverrides: { AgentOverrides: { FileExistsBehavior: deployment.fileExistsBehavior ?? 'DISALLOW' } },
      Revision: { RevisionType: 'S3', S3Revision: { Bucket, Key, BundleType, Version, ETag } },
    }),
  };
}
