import type { DeleteDeploymentGroupInput, DeleteDeploymentGroupOutput } from '@aws-sdk/client-codedeploy';

import { dismantle } from '../deployment-groups/dismantle.ts';
import type { Operation } from '../operation.ts';
import { findGroupIfAny, requireOfApi } from '../validation/deployment-group.ts';
import { requireDeploymentGroupName } from '../validation/deployment-group-name.ts';

/**
 * Deletes a deployment group with its lifecycle hooks; one that is not there is deleted already. Instances stay as they
 * are, and so does a deployment that runs.
 * @throws ApplicationNameRequired, DeploymentGroupNameRequired, InvalidApplicationName, InvalidDeploymentGroupName,
 *   DeclaredByStack
 */
export const deleteDeploymentGroup: Operation<DeleteDeploymentGroupInput, DeleteDeploymentGroupOutput> = {
  input: { applicationName: 'text', deploymentGroupName: 'text' },

  async run(input, ports) {
    const { applicationName, deploymentGroupName } = requireDeploymentGroupName(input);
    const application = await ports.applications.byName(applicationName);
    const found = application && (await findGroupIfAny(application, deploymentGroupName, ports));
    if (!found) return { hooksNotCleanedUp: [] };
    const group = requireOfApi(found);
    const hooksNotCleanedUp = await dismantle(group, ports);
    await ports.namedGroups.delete(group, deploymentGroupName);
    return { hooksNotCleanedUp };
  },
};
