import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';

/** What a hook script finds in its environment, beside what the agent inherited itself. */
export function scriptEnvironment(event: string, specification: DeploymentSpecification): Record<string, string> {
  const { revision } = specification;
  return {
    LIFECYCLE_EVENT: event,
    DEPLOYMENT_ID: specification.deploymentId,
    APPLICATION_NAME: specification.applicationName,
    DEPLOYMENT_GROUP_NAME: specification.deploymentGroupName,
    DEPLOYMENT_GROUP_ID: specification.deploymentGroupId,
    ...(revision.type === 'GitHub'
      ? { BUNDLE_COMMIT: revision.commitId }
      : {
          BUNDLE_BUCKET: revision.bucket,
          BUNDLE_KEY: revision.key,
          ...(revision.version === undefined ? {} : { BUNDLE_VERSION: revision.version }),
          ...(revision.etag === undefined ? {} : { BUNDLE_ETAG: revision.etag }),
        }),
  };
}
