import { forgetFailures } from '../../core/launch-guard/launch-guard.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { changeGuard } from './change-guard.ts';
import { type HoldingPorts, releaseLaunches } from './hold-launches.ts';

/**
 * What `slipway resume` asks for: every revision may be launched again, and launches that we hold go on.
 * @returns the other deployment groups for which some of them stay held
 */
export async function resumeLaunches(
  name: DeploymentGroupName,
  ports: HoldingPorts,
): Promise<readonly DeploymentGroupName[]> {
  await changeGuard(name, forgetFailures, ports);
  return releaseLaunches(name, ports);
}
