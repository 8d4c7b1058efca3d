import { forgetFailures } from '../../core/launch-guard/launch-guard.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { changeGuard } from './change-guard.ts';
import { type HoldingPorts, releaseLaunches } from './hold-launches.ts';

/** What `slipway resume` asks for: every revision may be launched again, and launches that we hold go on. */
export async function resumeLaunches(name: DeploymentGroupName, ports: HoldingPorts): Promise<void> {
  await changeGuard(name, forgetFailures, ports);
  await releaseLaunches(name, ports);
}
