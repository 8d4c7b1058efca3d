import type {
  MinimumHealthyHosts,
  ServerDeploymentConfig,
} from '../../../core/deployment-configs/deployment-config.ts';
import { beginTarget } from '../../../core/fleet/begin-target.ts';
import { finishTarget, type TargetEnd } from '../../../core/fleet/finish-target.ts';
import type { FleetProgress } from '../../../core/fleet/fleet-progress.ts';
import { openFleet } from '../../../core/fleet/open-fleet.ts';

export const ONE_AT_A_TIME: MinimumHealthyHosts = { type: 'MOST_CONCURRENCY', value: 1 };
export const HALF_AT_A_TIME: MinimumHealthyHosts = { type: 'FLEET_PERCENT', value: 50 };
export const ALL_AT_ONCE: MinimumHealthyHosts = { type: 'HOST_COUNT', value: 0 };
export const keep = (value: number): MinimumHealthyHosts => ({ type: 'HOST_COUNT', value });
export const percent = (value: number): MinimumHealthyHosts => ({ type: 'FLEET_PERCENT', value });

/** Targets in zones, such as `aab`: one letter per target; `-` is outside of any zone. */
export function targetsIn(zones: string): readonly { readonly targetId: string; readonly zone: string | undefined }[] {
  return Array.from(zones, (zone, index) => ({ targetId: `i-${index}`, zone: zone === '-' ? undefined : zone }));
}

/** A fleet that is open, of one zone unless zones are given. */
export function aFleet(
  size: number | string,
  minimumHealthyHosts: MinimumHealthyHosts,
  zonalConfig?: ServerDeploymentConfig['zonalConfig'],
): FleetProgress {
  const targets = targetsIn(typeof size === 'number' ? 'a'.repeat(size) : size);
  const opened = openFleet({
    targets,
    config: { minimumHealthyHosts, ...(zonalConfig && { zonalConfig }) },
    noneOutdated: false,
  });
  if (opened.kind !== 'run') throw new Error(`The fleet cannot open: ${JSON.stringify(opened.settlement)}`);
  return opened.progress;
}

/** Lets targets begin that have room. */
export function begin(progress: FleetProgress, ...targets: readonly number[]): FleetProgress {
  return targets.reduce((before, target) => {
    const turn = beginTarget(before, target);
    if (turn.kind !== 'begin') throw new Error(`Target ${target} may not begin: ${turn.kind}`);
    return turn.progress;
  }, progress);
}

/** Ends the work on targets, which changes something each time. */
export function finish(progress: FleetProgress, outcome: TargetEnd, ...targets: readonly number[]): FleetProgress {
  return targets.reduce((before, target) => {
    const after = finishTarget(before, target, outcome);
    if (after === 'unchanged') throw new Error(`Target ${target} has ended already`);
    return after;
  }, progress);
}

/** Begins and ends one target after the other. */
export function run(progress: FleetProgress, ...outcomes: readonly TargetEnd[]): FleetProgress {
  return outcomes.reduce((before, outcome, target) => finish(begin(before, target), outcome, target), progress);
}
