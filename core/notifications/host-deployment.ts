import { overviewOf } from '../fleet/overview.ts';
import { stateOfTarget } from '../fleet/target-standing.ts';
import { statusOf } from '../fleet/target-state.ts';
import { hostErrorCode } from '../host-error-code.ts';
import { deploymentGroupIdFor } from '../identifiers.ts';
import type { Target } from '../target.ts';
import { creatorOf, isLifecycleAction } from '../target-request.ts';
import type { NewsworthyDeployment } from './news.ts';

/**
 * The deployment of a host that launches or leaves, which has no other record than that of its one target.
 * @returns undefined for a target of a fleet, and where there was nothing to deploy
 */
export function deploymentOfHost(target: Target): NewsworthyDeployment | undefined {
  const { request, status, deploymentId, group, openedAt, settledAt, settlement, stop } = target;
  if (!isLifecycleAction(request) || status === 'Skipped') return undefined;
  const hasFailed = status === 'Failed' || status === 'Stopped';
  return {
    ...group,
    deploymentId,
    deploymentGroupId: deploymentGroupIdFor(group),
    creator: creatorOf(request),
    status: status === 'InProgress' ? 'Created' : status, // it begins as it is created
    createdAtMs: Date.parse(openedAt),
    ...(settledAt !== undefined && { completedAtMs: Date.parse(settledAt) }),
    overview: overviewOf([statusOf(stateOfTarget(target))]),
    ...(hasFailed && {
      errorInformation: {
        code: hostErrorCode(stop),
        message: settlement?.reason ?? '',
      },
    }),
  };
}
