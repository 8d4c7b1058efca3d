import type { OperationName, Operations } from './operation.ts';
import { addTagsToOnPremisesInstances } from './operations/add-tags-to-on-premises-instances.ts';
import { batchGetApplicationRevisions } from './operations/batch-get-application-revisions.ts';
import { batchGetApplications } from './operations/batch-get-applications.ts';
import { batchGetDeploymentGroups } from './operations/batch-get-deployment-groups.ts';
import { batchGetOnPremisesInstances } from './operations/batch-get-on-premises-instances.ts';
import { createApplication } from './operations/create-application.ts';
import { createDeploymentConfig } from './operations/create-deployment-config.ts';
import { createDeploymentGroup } from './operations/create-deployment-group.ts';
import { deleteApplication } from './operations/delete-application.ts';
import { deleteDeploymentConfig } from './operations/delete-deployment-config.ts';
import { deleteDeploymentGroup } from './operations/delete-deployment-group.ts';
import { deleteGitHubAccountToken } from './operations/delete-github-account-token.ts';
import { deleteResourcesByExternalId } from './operations/delete-resources-by-external-id.ts';
import { deregisterOnPremisesInstance } from './operations/deregister-on-premises-instance.ts';
import { getApplicationRevision } from './operations/get-application-revision.ts';
import { getApplication } from './operations/get-application.ts';
import { getDeploymentConfig } from './operations/get-deployment-config.ts';
import { getDeploymentGroup } from './operations/get-deployment-group.ts';
import { getOnPremisesInstance } from './operations/get-on-premises-instance.ts';
import { listApplicationRevisions } from './operations/list-application-revisions.ts';
import { listApplications } from './operations/list-applications.ts';
import { listDeploymentConfigs } from './operations/list-deployment-configs.ts';
import { listDeploymentGroups } from './operations/list-deployment-groups.ts';
import { listGitHubAccountTokenNames } from './operations/list-github-account-token-names.ts';
import { listOnPremisesInstances } from './operations/list-on-premises-instances.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { registerApplicationRevision } from './operations/register-application-revision.ts';
import { registerOnPremisesInstance } from './operations/register-on-premises-instance.ts';
import { removeTagsFromOnPremisesInstances } from './operations/remove-tags-from-on-premises-instances.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateApplication } from './operations/update-application.ts';
import { updateDeploymentGroup } from './operations/update-deployment-group.ts';

/** Answered with `UnknownOperationException`. All that is not named here must stand in the table, or it does not compile. */
type NotYet =
  | 'BatchGetDeploymentInstances'
  | 'BatchGetDeploymentTargets'
  | 'BatchGetDeployments'
  | 'ContinueDeployment'
  | 'CreateDeployment'
  | 'GetDeployment'
  | 'GetDeploymentInstance'
  | 'GetDeploymentTarget'
  | 'ListDeploymentInstances'
  | 'ListDeploymentTargets'
  | 'ListDeployments'
  | 'PutLifecycleEventHookExecutionStatus'
  | 'SkipWaitTimeForInstanceTermination'
  | 'StopDeployment';

/** From an operation’s name to what it does. */
export const operations: Operations<Exclude<OperationName, NotYet>> = {
  AddTagsToOnPremisesInstances: addTagsToOnPremisesInstances,
  BatchGetApplicationRevisions: batchGetApplicationRevisions,
  BatchGetApplications: batchGetApplications,
  BatchGetDeploymentGroups: batchGetDeploymentGroups,
  BatchGetOnPremisesInstances: batchGetOnPremisesInstances,
  CreateApplication: createApplication,
  CreateDeploymentConfig: createDeploymentConfig,
  CreateDeploymentGroup: createDeploymentGroup,
  DeleteApplication: deleteApplication,
  DeleteDeploymentConfig: deleteDeploymentConfig,
  DeleteDeploymentGroup: deleteDeploymentGroup,
  DeleteGitHubAccountToken: deleteGitHubAccountToken,
  DeleteResourcesByExternalId: deleteResourcesByExternalId,
  DeregisterOnPremisesInstance: deregisterOnPremisesInstance,
  GetApplication: getApplication,
  GetApplicationRevision: getApplicationRevision,
  GetDeploymentConfig: getDeploymentConfig,
  GetDeploymentGroup: getDeploymentGroup,
  GetOnPremisesInstance: getOnPremisesInstance,
  ListApplicationRevisions: listApplicationRevisions,
  ListApplications: listApplications,
  ListDeploymentConfigs: listDeploymentConfigs,
  ListDeploymentGroups: listDeploymentGroups,
  ListGitHubAccountTokenNames: listGitHubAccountTokenNames,
  ListOnPremisesInstances: listOnPremisesInstances,
  ListTagsForResource: listTagsForResource,
  RegisterApplicationRevision: registerApplicationRevision,
  RegisterOnPremisesInstance: registerOnPremisesInstance,
  RemoveTagsFromOnPremisesInstances: removeTagsFromOnPremisesInstances,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateApplication: updateApplication,
  UpdateDeploymentGroup: updateDeploymentGroup,
};
