import type { ListDeploymentsInput, ListDeploymentsOutput, TimeRange } from '@aws-sdk/client-codedeploy';

import type { DeploymentStatus } from '../../core/fleet/deployment-status.ts';
import { ApplicationNameRequired } from '../errors/application-errors.ts';
import { InvalidDeploymentInput } from '../errors/deployment-errors.ts';
import { DeploymentGroupNameRequired } from '../errors/deployment-group-errors.ts';
import type { Operation, Ports } from '../operation.ts';
import { openPage, PAGE_SIZE } from '../paging.ts';
import { findApplication } from '../validation/application.ts';
import { checkApplicationName } from '../validation/application-name.ts';
import { findDeploymentGroup } from '../validation/deployment-group.ts';
import { checkDeploymentGroupName } from '../validation/deployment-group-name.ts';

/**
 * Ids of deployments, newest first, a page at a time: those of a deployment group, or of the whole account and Region.
 * @throws ApplicationNameRequired, DeploymentGroupNameRequired, InvalidApplicationName, InvalidDeploymentGroupName,
 *   ApplicationDoesNotExist, DeploymentGroupDoesNotExist, InvalidDeploymentInput, InvalidNextToken
 */
export const listDeployments: Operation<ListDeploymentsInput, ListDeploymentsOutput> = {
  input: {
    applicationName: 'text',
    deploymentGroupName: 'text',
    externalId: 'text',
    includeOnlyStatuses: ['text'],
    createTimeRange: { start: 'time', end: 'time' },
    nextToken: 'text',
  },

  async run(input, ports) {
    const deploymentGroupId = await groupAsked(input, ports);
    const statuses = (input.includeOnlyStatuses ?? []).map(checkStatus);
    const { fromMs, toMs } = checkRange(input.createTimeRange);
    const page = openPage('ListDeployments', input);
    // No stack makes deployments here, so that none has the id of one.
    if (checkExternalId(input.externalId)) return { deployments: [] };
    const { items, last } = await ports.deploymentList.ids({
      deploymentGroupId,
      statuses,
      fromMs,
      toMs,
      after: page.after,
      limit: PAGE_SIZE,
    });
    return { deployments: [...items], nextToken: page.tokenAfter(last) };
  },
};

/** Both names come together, or neither. */
async function groupAsked(input: ListDeploymentsInput, ports: Ports): Promise<string | undefined> {
  const { applicationName, deploymentGroupName } = input;
  if (!applicationName && !deploymentGroupName) return undefined;
  if (!applicationName) throw new ApplicationNameRequired();
  if (!deploymentGroupName) throw new DeploymentGroupNameRequired();
  checkApplicationName(applicationName);
  checkDeploymentGroupName(deploymentGroupName);
  const application = await findApplication(applicationName, ports);
  return (await findDeploymentGroup(application, deploymentGroupName, ports)).deploymentGroupId;
}

const STATUSES: readonly DeploymentStatus[] = [
  'Created',
  'Queued',
  'InProgress',
  'Baking',
  'Succeeded',
  'Failed',
  'Stopped',
  'Ready',
];

function checkStatus(given: string): DeploymentStatus {
  const status = STATUSES.find((each) => each === given);
  if (!status) {
    throw new InvalidDeploymentInput(
      'InvalidDeploymentStatusException',
      `The status ${given} is not valid: it must be one of ${STATUSES.join(', ')}`,
    );
  }
  return status;
}

/** The id of a stack, most of all. */
function checkExternalId(externalId: string | undefined): string | undefined {
  if (!externalId || /^[!-~]{1,2048}$/.test(externalId)) return externalId;
  throw new InvalidDeploymentInput(
    'InvalidExternalIdException',
    `The external id ${externalId} is not valid: it is the id of a stack`,
  );
}

function checkRange({ start, end }: TimeRange = {}): { fromMs: number | undefined; toMs: number | undefined } {
  if (start && end && start > end) {
    throw new InvalidDeploymentInput('InvalidTimeRangeException', 'The time range ends before it starts');
  }
  return { fromMs: start?.getTime(), toMs: end?.getTime() };
}
