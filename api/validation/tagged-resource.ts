import { parseResourceArn, type TaggedResource } from '../../core/resource-arn.ts';
import { ArnNotSupported, InvalidArn, ResourceArnRequired } from '../errors/tag-errors.ts';
import type { Ports } from '../operation.ts';
import { findApplication } from './application.ts';
import { findDeploymentConfig } from './deployment-config.ts';
import { findDeploymentGroup } from './deployment-group.ts';
import { required } from './required.ts';

/** @throws ResourceArnRequired, InvalidArn, ArnNotSupported */
export function requireTaggedResource(given: string | undefined): TaggedResource {
  const arn = required(given, ResourceArnRequired);
  const resource = parseResourceArn(arn);
  if (resource === 'malformed') throw new InvalidArn(arn);
  if (resource === 'not taggable') throw new ArnNotSupported(arn);
  return resource;
}

/**
 * The id under which the tags of a resource are kept.
 * @throws ApplicationDoesNotExist, DeploymentGroupDoesNotExist, DeploymentConfigDoesNotExist
 */
export async function findTaggedResource(resource: TaggedResource, ports: Ports): Promise<string> {
  switch (resource.kind) {
    case 'application':
      return (await findApplication(resource.applicationName, ports)).applicationId;
    case 'deploymentConfig':
      return (await findDeploymentConfig(resource.deploymentConfigName, ports)).deploymentConfigId;
    case 'deploymentGroup': {
      const application = await findApplication(resource.applicationName, ports);
      return (await findDeploymentGroup(application, resource.deploymentGroupName, ports)).deploymentGroupId;
    }
  }
}
