import type { AutoScalingGroups } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import { noteHeld, noteReleased } from '../../core/launch-guard/launch-guard.ts';
import { revisionToLaunch } from '../../core/launch-guard/revision-to-launch.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Telemetry } from '../telemetry.ts';
import { changeGuard, type GuardRecords } from './change-guard.ts';

/** The process of an Auto Scaling group that launches instances. */
const LAUNCH = 'Launch';

export interface HoldingPorts extends GuardRecords {
  readonly autoScalingGroups: AutoScalingGroups;
  readonly telemetry: Telemetry;
}

/**
 * Suspends the launches of an Auto Scaling group for which no revision is left. That we have is on record before it is
 * so; where somebody else has suspended them already, they are theirs to resume.
 */
export async function holdLaunches(
  name: DeploymentGroupName,
  autoScalingGroupName: string,
  ports: HoldingPorts,
): Promise<void> {
  const [described] = await ports.autoScalingGroups.describe([autoScalingGroupName]);
  if (!described || described.suspended.includes(LAUNCH)) return;
  await changeGuard(name, (guard) => noteHeld(guard, autoScalingGroupName), ports);
  await ports.autoScalingGroups.suspend(autoScalingGroupName, [LAUNCH]);
  ports.telemetry.count('LaunchesHeld');
  ports.telemetry.warn('launches held', { ...name, autoScalingGroupName });
}

/** Resumes the launches that we hold, once there is a revision to launch again. @returns the groups it resumed */
export async function releaseLaunches(name: DeploymentGroupName, ports: HoldingPorts): Promise<readonly string[]> {
  const group = await ports.deploymentGroups.byName(name);
  const held = group?.launchGuard?.heldGroups ?? [];
  if (!group || held.length === 0 || revisionToLaunch(group).kind === 'held') return [];
  const described = await ports.autoScalingGroups.describe(held);
  for (const { autoScalingGroupName, suspended } of described) {
    if (!suspended.includes(LAUNCH)) continue; // somebody was faster
    await ports.autoScalingGroups.resume(autoScalingGroupName, [LAUNCH]);
    ports.telemetry.info('launches released', { ...name, autoScalingGroupName });
  }
  await changeGuard(name, (guard) => noteReleased(guard, held), ports);
  return held;
}
