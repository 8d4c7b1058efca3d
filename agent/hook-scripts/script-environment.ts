import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';
import type { RevisionLocation } from '../protocol/revision-location.ts';

/** What a hook script finds in its environment, beside what the agent inherited itself. */
export function scriptEnvironment(event: string, specification: DeploymentSpecification): Record<string, string> {
  return {
    LIFECYCLE_EVENT: event,
    DEPLOYMENT_ID: specification.deploymentId,
    APPLICATION_NAME: specification.applicationName,
    DEPLOYMENT_GROUP_NAME: specification.deploymentGroupName,
    DEPLOYMENT_GROUP_ID: specification.deploymentGroupId,
    ...bundleEnvironment(specification.revision),
  };
}

function bundleEnvironment(revision: RevisionLocation): Record<string, string> {
  switch (revision.type) {
    case 'S3':
      return {
        BUNDLE_BUCKET: revision.bucket,
        BUNDLE_KEY: revision.key,
        ...(revision.version === undefined ? {} : { BUNDLE_VERSION: revision.version }),
        ...(revision.etag === undefined ? {} : { BUNDLE_ETAG: revision.etag }),
      };
    case 'GitHub':
      return { BUNDLE_COMMIT: revision.commitId };
    case 'Local':
      return {};
  }
}
