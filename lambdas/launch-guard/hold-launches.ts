import type { AutoScalingGroups } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import { describeGroup } from '../../core/deployment-group.ts';
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
 * Suspends the launches of an Auto Scaling group for which a deployment group has no revision left. That we have is on
 * record before it is so; where somebody else has suspended them already, they are theirs to resume. Where it is another
 * deployment group of ours that holds them, both do, and they go on when neither does any more.
 */
export async function holdLaunches(
  name: DeploymentGroupName,
  autoScalingGroupName: string,
  ports: HoldingPorts,
): Promise<void> {
  const before = await launchesOf(autoScalingGroupName, ports);
  if (before === 'gone') return;
  if (before === 'suspended' && (await otherHolders(autoScalingGroupName, name, ports)).length === 0) return;
  await ports.launchGuards.addHolder(autoScalingGroupName, name);
  await changeGuard(name, (guard) => noteHeld(guard, autoScalingGroupName), ports);
  // Another may have let them go between the look and the note, without knowing of this one.
  if (before === 'suspended' && (await launchesOf(autoScalingGroupName, ports)) !== 'going on') return;
  await ports.autoScalingGroups.suspend(autoScalingGroupName, [LAUNCH]);
  ports.telemetry.count('LaunchesHeld');
  ports.telemetry.warn('launches held', { ...name, autoScalingGroupName });
}

/**
 * Lets go of the launches that we hold, once there is a revision to launch again.
 * @returns the other deployment groups for which some of them stay held
 */
export async function releaseLaunches(
  name: DeploymentGroupName,
  ports: HoldingPorts,
): Promise<readonly DeploymentGroupName[]> {
  const group = await ports.deploymentGroups.byName(name);
  const held = group?.launchGuard?.heldGroups ?? [];
  if (!group || held.length === 0 || revisionToLaunch(group).kind === 'held') return [];
  const others: DeploymentGroupName[] = [];
  for (const autoScalingGroupName of held) others.push(...(await release(autoScalingGroupName, name, ports)));
  return others;
}

async function release(
  autoScalingGroupName: string,
  name: DeploymentGroupName,
  ports: HoldingPorts,
): Promise<readonly DeploymentGroupName[]> {
  const others = await otherHolders(autoScalingGroupName, name, ports);
  if (others.length === 0 && (await launchesOf(autoScalingGroupName, ports)) === 'suspended') {
    await ports.autoScalingGroups.resume(autoScalingGroupName, [LAUNCH]);
    ports.telemetry.info('launches released', { ...name, autoScalingGroupName });
  }
  // Who came in between and found them suspended has its next launch refused, which holds them again.
  await changeGuard(name, (guard) => noteReleased(guard, [autoScalingGroupName]), ports);
  return others;
}

async function launchesOf(
  autoScalingGroupName: string,
  { autoScalingGroups }: HoldingPorts,
): Promise<'going on' | 'suspended' | 'gone'> {
  const [described] = await autoScalingGroups.describe([autoScalingGroupName]);
  if (!described) return 'gone';
  return described.suspended.includes(LAUNCH) ? 'suspended' : 'going on';
}

/** The other deployment groups that have it on their own record that they hold launches of an Auto Scaling group. */
async function otherHolders(
  autoScalingGroupName: string,
  name: DeploymentGroupName,
  { deploymentGroups, launchGuards }: HoldingPorts,
): Promise<readonly DeploymentGroupName[]> {
  const holders = await launchGuards.holdersOf(autoScalingGroupName);
  const others = holders.filter((holder) => describeGroup(holder) !== describeGroup(name));
  const groups = await Promise.all(others.map((other) => deploymentGroups.byName(other)));
  return others.filter((_, place) => groups[place]?.launchGuard?.heldGroups.includes(autoScalingGroupName));
}
