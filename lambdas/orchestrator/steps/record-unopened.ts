import { groupOf, targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import type { SettledTarget, Settlement } from '../../../core/target.ts';
import type { Engine } from '../../engine.ts';
import { announceSettlement } from './announce-settlement.ts';

/** The record of a deployment that is over before it was opened. */
export function unopened(request: TargetRequest, settlement: Settlement, nowMs: number): SettledTarget {
  const now = new Date(nowMs).toISOString();
  return {
    ...targetIdOf(request),
    request,
    group: groupOf(request) ?? { applicationName: '', deploymentGroupName: '' },
    status: settlement.status,
    openedAt: now,
    settledAt: now,
    lifecycleEvents: [],
    settlement,
  };
}

/** Writes such a record, unless there is one: from then on nobody opens the deployment any more. */
export async function recordUnopened(
  request: TargetRequest,
  settlement: Settlement,
  engine: Pick<Engine, 'targets' | 'telemetry' | 'clock'>,
): Promise<SettledTarget | 'exists'> {
  const target = unopened(request, settlement, engine.clock());
  if ((await engine.targets.open(target)) === 'exists') return 'exists';
  announceSettlement(request, settlement, engine);
  return target;
}
