import type { OperationName, Operations } from './operation.ts';
import { batchGetApplications } from './operations/batch-get-applications.ts';
import { createApplication } from './operations/create-application.ts';
import { deleteApplication } from './operations/delete-application.ts';
import { getApplication } from './operations/get-application.ts';
import { listApplications } from './operations/list-applications.ts';
import { updateApplication } from './operations/update-application.ts';

/** Answered with `UnknownOperationException`. All that is not named here must stand in the table, or it does not compile. */
type NotYet =
  | 'AddTagsToOnPremisesInstances'
  | 'BatchGetApplicationRevisions'
  | 'BatchGetDeploymentGroups'
  | 'BatchGetDeploymentInstances'
  | 'BatchGetDeploymentTargets'
  | 'BatchGetDeployments'
  | 'BatchGetOnPremisesInstances'
  | 'ContinueDeployment'
  | 'CreateDeployment'
  | 'CreateDeploymentConfig'
  | 'CreateDeploymentGroup'
  | 'DeleteDeploymentConfig'
  | 'DeleteDeploymentGroup'
  | 'DeleteGitHubAccountToken'
  | 'DeleteResourcesByExternalId'
  | 'DeregisterOnPremisesInstance'
  | 'GetApplicationRevision'
  | 'GetDeployment'
  | 'GetDeploymentConfig'
  | 'GetDeploymentGroup'
  | 'GetDeploymentInstance'
  | 'GetDeploymentTarget'
  | 'GetOnPremisesInstance'
  | 'ListApplicationRevisions'
  | 'ListDeploymentConfigs'
  | 'ListDeploymentGroups'
  | 'ListDeploymentInstances'
  | 'ListDeploymentTargets'
  | 'ListDeployments'
  | 'ListGitHubAccountTokenNames'
  | 'ListOnPremisesInstances'
  | 'ListTagsForResource'
  | 'PutLifecycleEventHookExecutionStatus'
  | 'RegisterApplicationRevision'
  | 'RegisterOnPremisesInstance'
  | 'RemoveTagsFromOnPremisesInstances'
  | 'SkipWaitTimeForInstanceTermination'
  | 'StopDeployment'
  | 'TagResource'
  | 'UntagResource'
  | 'UpdateDeploymentGroup';

/** From an operation’s name to what it does. */
export const operations: Operations<Exclude<OperationName, NotYet>> = {
  BatchGetApplications: batchGetApplications,
  CreateApplication: createApplication,
  DeleteApplication: deleteApplication,
  GetApplication: getApplication,
  ListApplications: listApplications,
  UpdateApplication: updateApplication,
};
