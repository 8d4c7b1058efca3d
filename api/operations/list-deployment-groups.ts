import type { ListDeploymentGroupsInput, ListDeploymentGroupsOutput } from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';
import { openPage, PAGE_SIZE } from '../paging.ts';
import { findApplication } from '../validation/application.ts';
import { requireApplicationName } from '../validation/application-name.ts';

/**
 * Names of an application’s deployment groups, a page at a time.
 * @throws ApplicationNameRequired, InvalidApplicationName, ApplicationDoesNotExist, InvalidNextToken
 */
export const listDeploymentGroups: Operation<ListDeploymentGroupsInput, ListDeploymentGroupsOutput> = {
  input: { applicationName: 'text', nextToken: 'text' },

  async run(input, ports) {
    const application = await findApplication(requireApplicationName(input.applicationName), ports);
    const page = openPage('ListDeploymentGroups', input);
    const { items, last } = await ports.namedGroups.names(application.recordName, page.after, PAGE_SIZE);
    return {
      applicationName: application.applicationName,
      deploymentGroups: [...items],
      nextToken: page.tokenAfter(last),
    };
  },
};
