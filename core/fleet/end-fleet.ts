import type { Ending } from './ending.ts';
import { isOver } from './budget.ts';
import { type FleetProgress, withRestSkipped } from './fleet-progress.ts';

/**
 * Ends a fleet deployment from outside: nothing more begins, and what waits is skipped. Targets in progress finish, or
 * are cut short by the caller and reported as any other.
 * The first cause stands, so that a stop before the failure it leads to stays a stop: `unchanged` when the deployment is
 * ending or over.
 */
export function endFleet(progress: FleetProgress, ending: Ending): FleetProgress | 'unchanged' {
  if (progress.ending || isOver(progress.targets)) return 'unchanged';
  return { ...progress, version: progress.version + 1, ending, targets: withRestSkipped(progress.targets) };
}
