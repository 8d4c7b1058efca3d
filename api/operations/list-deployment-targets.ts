import type { ListDeploymentTargetsInput, ListDeploymentTargetsOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { targetsOf } from '../deployments/targets-of.ts';
import { InvalidDeploymentInput } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { openPage, pageOf } from '../paging.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';
import { checkInstanceStatus, checkLabels, refuseLabels } from '../validation/target-filters.ts';

/**
 * Ids of a deployment’s targets, in the order in which they are taken up, a page at a time.
 * @throws DeploymentIdRequired, InvalidDeploymentId, InvalidDeploymentInput, DeploymentDoesNotExist,
 *   DeploymentNotStarted, InvalidNextToken
 */
export const listDeploymentTargets: Operation<ListDeploymentTargetsInput, ListDeploymentTargetsOutput> = {
  input: { deploymentId: 'text', nextToken: 'text', targetFilters: { '*': ['text'] } },

  async run(input, ports) {
    const deploymentId = requireDeploymentId(input.deploymentId);
    const { statuses, labels } = checkFilters(input.targetFilters);
    const found = await findDeployment(deploymentId, ports);
    refuseLabels(labels);
    const page = openPage('ListDeploymentTargets', input);
    const targets = (await targetsOf(found, ports)).filter(
      ({ status }) => statuses.length === 0 || statuses.includes(status),
    );
    const { items, last } = pageOf(targets, ({ targetId }) => targetId, page.after);
    return { targetIds: items.map(({ targetId }) => targetId), nextToken: page.tokenAfter(last) };
  },
};

const FILTERS = ['TargetStatus', 'ServerInstanceLabel'];

function checkFilters(filters: ListDeploymentTargetsInput['targetFilters'] = {}) {
  const unknown = Object.keys(filters).find((name) => !FILTERS.includes(name));
  if (unknown !== undefined) {
    throw new InvalidDeploymentInput(
      'InvalidTargetFilterNameException',
      `The target filter ${unknown} is not valid: it must be ${FILTERS.join(' or ')}`,
    );
  }
  const { TargetStatus = [], ServerInstanceLabel = [] } = filters;
  return { statuses: TargetStatus.map(checkInstanceStatus), labels: checkLabels(ServerInstanceLabel) };
}
