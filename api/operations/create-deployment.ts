import type { CreateDeploymentInput, CreateDeploymentOutput } from '@aws-sdk/client-codedeploy';

import { ApplicationNameRequired } from '../errors/application-errors.ts';
import { NotBuilt } from '../errors/deployment-errors.ts';
import { DeploymentGroupNameRequired } from '../errors/deployment-group-errors.ts';
import { RevisionRequired } from '../errors/revision-errors.ts';
import { checkBundle } from '../application-revisions/check-bundle.ts';
import { beginDeployment } from '../deployments/begin-deployment.ts';
import { orderOf } from '../deployments/order-of.ts';
import { refuseOtherPlatform } from '../deployments/refuse-other-platform.ts';
import { isRestart, refuseRestart } from '../deployments/restart.ts';
import type { Operation } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { checkApplicationName } from '../validation/application-name.ts';
import { findDeploymentGroup } from '../validation/deployment-group.ts';
import { checkDeploymentGroupName } from '../validation/deployment-group-name.ts';
import {
  ALARM_CONFIGURATION,
  AUTO_ROLLBACK_CONFIGURATION,
  EC2_TAG_FILTERS,
  EC2_TAG_SET,
} from '../validation/group-settings/settings-input.ts';
import { required } from '../validation/required.ts';
import { REVISION_SHAPE } from '../wire/revision-location.ts';

/**
 * Deploys a revision to a deployment group, once its AppSpec is known to be right. Answers as soon as the deployment is on
 * record; all else comes later, and is told by GetDeployment. What nothing here deploys to is checked as whole as the
 * rest, and refused last.
 * @throws ApplicationNameRequired, DeploymentGroupNameRequired, RevisionRequired, InvalidApplicationName,
 *   InvalidDeploymentGroupName, ApplicationDoesNotExist, DeploymentGroupDoesNotExist, DescriptionTooLong,
 *   InvalidRevision, DeploymentConfigDoesNotExist, InvalidSetting, InvalidDeploymentInput, BundleDoesNotExist,
 *   InvalidGitHubAccountToken, NotBuilt, DeploymentLimitExceeded
 */
export const createDeployment: Operation<CreateDeploymentInput, CreateDeploymentOutput> = {
  input: {
    applicationName: 'text',
    deploymentGroupName: 'text',
    revision: REVISION_SHAPE,
    deploymentConfigName: 'text',
    description: 'text',
    ignoreApplicationStopFailures: 'flag',
    targetInstances: { tagFilters: EC2_TAG_FILTERS, autoScalingGroups: ['text'], ec2TagSet: EC2_TAG_SET },
    autoRollbackConfiguration: AUTO_ROLLBACK_CONFIGURATION,
    updateOutdatedInstancesOnly: 'flag',
    fileExistsBehavior: 'text',
    deploymentMode: 'text',
    overrideAlarmConfiguration: ALARM_CONFIGURATION,
  },

  async run(input, ports) {
    const applicationName = required(input.applicationName, ApplicationNameRequired);
    const deploymentGroupName = required(input.deploymentGroupName, DeploymentGroupNameRequired);
    const restarts = isRestart(input);
    const revision = restarts ? {} : required(input.revision, RevisionRequired);
    checkApplicationName(applicationName);
    checkDeploymentGroupName(deploymentGroupName);
    const application = await findApplication(applicationName, ports);
    const group = await findDeploymentGroup(application, deploymentGroupName, ports);
    if (restarts) return refuseRestart(input, application, group);
    const asked = { ...input, revision };
    if (application.computePlatform !== 'Server') return refuseOtherPlatform(asked, application, group, ports);
    const order = await orderOf(asked, application, group, ports);
    const check = await checkBundle(application, order.revision, ports);
    if (group.settings?.deploymentStyle.deploymentType === 'BLUE_GREEN')
      throw new NotBuilt('deployments to blue/green fleets');

    await beginDeployment({ ...order, ...check }, application, ports);
    return { deploymentId: order.deploymentId };
  },
};
