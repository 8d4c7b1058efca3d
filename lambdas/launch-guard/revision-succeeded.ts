import { noteSuccess } from '../../core/launch-guard/launch-guard.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Revision } from '../../core/revision.ts';
import { changeGuard } from './change-guard.ts';
import { type HoldingPorts, releaseLaunches } from './hold-launches.ts';

/** A revision works, on one host or on a fleet: its launches may go on, and so may those that are held for want of one. */
export async function revisionSucceeded(
  name: DeploymentGroupName,
  revision: Revision,
  ports: HoldingPorts,
): Promise<void> {
  // Read now: launches may have been held since the verdict was reached, and nobody else would release them.
  const group = await ports.deploymentGroups.byName(name);
  if (!group?.launchGuard) return; // no launch ever failed, which is how it mostly is
  await changeGuard(name, (guard) => noteSuccess(guard, revision), ports);
  await releaseLaunches(name, ports);
}
