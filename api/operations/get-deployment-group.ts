import type { GetDeploymentGroupInput, GetDeploymentGroupOutput } from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { findDeploymentGroup } from '../validation/deployment-group.ts';
import { requireDeploymentGroupName } from '../validation/deployment-group-name.ts';
import { deploymentGroupInfo } from '../wire/deployment-group-info.ts';

/**
 * Tells what is known of a deployment group, whoever made it.
 * @throws ApplicationNameRequired, DeploymentGroupNameRequired, InvalidApplicationName, InvalidDeploymentGroupName,
 *   ApplicationDoesNotExist, DeploymentGroupDoesNotExist
 */
export const getDeploymentGroup: Operation<GetDeploymentGroupInput, GetDeploymentGroupOutput> = {
  input: { applicationName: 'text', deploymentGroupName: 'text' },

  async run(input, ports) {
    const { applicationName, deploymentGroupName } = requireDeploymentGroupName(input);
    const application = await findApplication(applicationName, ports);
    const group = await findDeploymentGroup(application, deploymentGroupName, ports);
    const history = await ports.groupDeployments.history(group.deploymentGroupId);
    return { deploymentGroupInfo: deploymentGroupInfo(application, group, history) };
  },
};
