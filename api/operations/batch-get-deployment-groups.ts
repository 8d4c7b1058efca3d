import type { BatchGetDeploymentGroupsInput, BatchGetDeploymentGroupsOutput } from '@aws-sdk/client-codedeploy';

import { ApplicationNameRequired } from '../errors/application-errors.ts';
import { DeploymentGroupDoesNotExist, DeploymentGroupNameRequired } from '../errors/deployment-group-errors.ts';
import type { Operation } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { checkApplicationName } from '../validation/application-name.ts';
import { checkBatch } from '../validation/batch.ts';
import { findGroupIfAny } from '../validation/deployment-group.ts';
import { checkDeploymentGroupName } from '../validation/deployment-group-name.ts';
import { required } from '../validation/required.ts';
import { deploymentGroupInfo } from '../wire/deployment-group-info.ts';

const MOST_AT_ONCE = 100;

/**
 * Tells what is known of several deployment groups of an application; those that are not there are named in a message.
 * @throws ApplicationNameRequired, DeploymentGroupNameRequired, BatchLimitExceeded, InvalidApplicationName,
 *   InvalidDeploymentGroupName, ApplicationDoesNotExist
 */
export const batchGetDeploymentGroups: Operation<BatchGetDeploymentGroupsInput, BatchGetDeploymentGroupsOutput> = {
  input: { applicationName: 'text', deploymentGroupNames: ['text'] },

  async run(input, ports) {
    const given = required(input.applicationName, ApplicationNameRequired);
    const names = checkBatch(required(input.deploymentGroupNames, DeploymentGroupNameRequired), MOST_AT_ONCE);
    const applicationName = checkApplicationName(given);
    names.forEach((name) => checkDeploymentGroupName(required(name, DeploymentGroupNameRequired)));
    const application = await findApplication(applicationName, ports);
    const found = await Promise.all(names.map((name) => findGroupIfAny(application, name, ports)));
    const groups = found.filter((group) => group !== undefined);
    const histories = await Promise.all(groups.map((group) => ports.groupDeployments.history(group.deploymentGroupId)));
    return {
      deploymentGroupsInfo: groups.map((group, index) =>
        deploymentGroupInfo(application, group, histories[index] ?? {}),
      ),
      errorMessage: names
        .filter((_, index) => found[index] === undefined)
        .map((name) => new DeploymentGroupDoesNotExist(name).message)
        .join('; '),
    };
  },
};
