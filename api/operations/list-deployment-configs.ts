import type { ListDeploymentConfigsInput, ListDeploymentConfigsOutput } from '@aws-sdk/client-codedeploy';

import { BUILT_IN_DEPLOYMENT_CONFIGS } from '../../core/deployment-configs/built-in.ts';
import type { Operation } from '../operation.ts';
import { openPage, PAGE_SIZE } from '../paging.ts';

const BUILT_IN = BUILT_IN_DEPLOYMENT_CONFIGS.map(({ deploymentConfigName }) => deploymentConfigName);

/**
 * Names of all deployment configs of all platforms, a page at a time: the built-in ones come with the first.
 * @throws InvalidNextToken
 */
export const listDeploymentConfigs: Operation<ListDeploymentConfigsInput, ListDeploymentConfigsOutput> = {
  input: { nextToken: 'text' },

  async run(input, { deploymentConfigs }) {
    const page = openPage('ListDeploymentConfigs', input);
    const builtIn = page.after === undefined ? BUILT_IN : [];
    const { items, last } = await deploymentConfigs.names(page.after, PAGE_SIZE - builtIn.length);
    return { deploymentConfigsList: [...builtIn, ...items], nextToken: page.tokenAfter(last) };
  },
};
