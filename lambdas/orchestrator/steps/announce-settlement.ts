import { describeRequest, type TargetRequest } from '../../../core/target-request.ts';
import type { SettledStatus, Settlement } from '../../../core/target.ts';
import type { Engine } from '../../engine.ts';
import type { Count } from '../../telemetry.ts';

const COUNTS: Readonly<Record<SettledStatus, Count>> = {
  Succeeded: 'DeploymentsSucceeded',
  Failed: 'DeploymentsFailed',
  Stopped: 'DeploymentsStopped',
  Skipped: 'DeploymentsSkipped',
};

/** Logs and counts a verdict that has just been written. */
export function announceSettlement(
  request: TargetRequest,
  { status, lifecycleActionResult, reason }: Settlement,
  { telemetry }: Pick<Engine, 'telemetry'>,
): void {
  telemetry.info('deployment settled', { ...describeRequest(request), status, lifecycleActionResult, reason });
  telemetry.count(COUNTS[status]);
}
