import type { DeleteApplicationInput } from '@aws-sdk/client-codedeploy';

import type { Application } from '../../core/application.ts';
import { MOST_DEPLOYMENT_GROUPS } from '../../core/deployment-group.ts';
import { dismantle } from '../deployment-groups/dismantle.ts';
import type { Operation, Ports } from '../operation.ts';
import { requireApplicationName } from '../validation/application-name.ts';
import { findGroupIfAny } from '../validation/deployment-group.ts';

/**
 * Deletes an application with its deployment groups and revisions; one that is not there is deleted already. Instances
 * and bundles stay as they are. Hooks that cannot be removed stay, and nobody is told: CodeDeploy's answer has no place
 * for them.
 * @throws ApplicationNameRequired, InvalidApplicationName
 */
export const deleteApplication: Operation<DeleteApplicationInput, object> = {
  input: { applicationName: 'text' },

  async run(input, ports) {
    const { applications, resourceTags } = ports;
    const application = await applications.byName(requireApplicationName(input.applicationName));
    if (!application) return {};
    await dismantleGroups(application, ports);
    await resourceTags.forget(application.applicationId);
    await applications.delete(application);
    return {};
  },
};

async function dismantleGroups(application: Application, ports: Ports): Promise<void> {
  const { items } = await ports.namedGroups.names(application.recordName, undefined, MOST_DEPLOYMENT_GROUPS);
  for (const name of items) {
    const group = await findGroupIfAny(application, name, ports);
    if (group) await dismantle(group, ports);
  }
}
