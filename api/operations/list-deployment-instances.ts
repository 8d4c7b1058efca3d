import type { ListDeploymentInstancesInput, ListDeploymentInstancesOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { targetsOf } from '../deployments/targets-of.ts';
import type { Operation } from '../operation.ts';
import { openPage, pageOf } from '../paging.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { checkInstanceStatus, checkLabels, refuseLabels } from '../validation/target-filters.ts';

/**
 * What ListDeploymentTargets was before there were targets.
 * @throws DeploymentIdRequired, InvalidDeploymentId, InvalidDeploymentInput, DeploymentDoesNotExist,
 *   DeploymentNotStarted, InvalidNextToken
 */
export const listDeploymentInstances: Operation<ListDeploymentInstancesInput, ListDeploymentInstancesOutput> = {
  input: {
    deploymentId: 'text',
    nextToken: 'text',
    instanceStatusFilter: ['text'],
    instanceTypeFilter: ['text'],
  },

  async run(input, ports) {
    const deploymentId = requireDeploymentId(input.deploymentId);
    const statuses = (input.instanceStatusFilter ?? []).map(checkInstanceStatus);
    const labels = checkLabels(input.instanceTypeFilter ?? []);
    const found = await findDeployment(deploymentId, ports);
    refuseLabels(labels);
    const page = openPage('ListDeploymentInstances', input);
    const targets = (await targetsOf(found, ports)).filter(
      ({ status }) => statuses.length === 0 || statuses.includes(status),
    );
    const { items, last } = pageOf(targets, ({ targetId }) => targetId, page.after);
    return { instancesList: items.map(({ targetId }) => targetId), nextToken: page.tokenAfter(last) };
  },
};
