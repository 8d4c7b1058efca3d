import type { DescribedGroup } from '../../../adapters/auto-scaling/auto-scaling-groups.ts';
import { isTerminal } from '../../../core/fleet/deployment-status.ts';
import {
  processesAskedFor,
  processesToResume,
  processesToSuspend,
  SUSPEND_TAG,
} from '../../../core/fleet/suspended-processes.ts';
import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { existingDeployment } from './existing-deployment.ts';

type Ports = Pick<FleetEngine, 'autoScalingGroups' | 'deployments' | 'telemetry'>;

/**
 * Suspends what the deployment's Auto Scaling groups want suspended, by their tag. What is suspended is on record first:
 * whoever ends the deployment resumes that, whatever happens in between.
 */
export async function holdStill(deployment: FleetDeployment, ports: Ports): Promise<void> {
  const groups = await ports.autoScalingGroups.describe(deployment.selection.autoScalingGroups);
  const held = [];
  for (const group of groups) held.push(await holdGroupStill(group, deployment, ports));
  if (!held.includes(true)) return;
  // Its execution may have died, and its end have come, between the record and the call.
  const now = await existingDeployment(deployment.deploymentId, ports);
  if (isTerminal(now.status)) await letGo(now, ports);
}

async function holdGroupStill(group: DescribedGroup, deployment: FleetDeployment, ports: Ports): Promise<boolean> {
  const { autoScalingGroupName, suspended, suspendTag } = group;
  const { processes: wanted, unknown } = processesAskedFor(suspendTag);
  if (unknown.length > 0) {
    ports.telemetry.warn(`${SUSPEND_TAG} names processes that deployments do not suspend`, {
      autoScalingGroupName,
      processes: unknown.join(', '),
    });
  }
  const byUs = deployment.suspended?.[autoScalingGroupName] ?? [];
  const ours = processesToSuspend(wanted, { suspended, byUs });
  if (ours.length === 0) return false;
  // A tag that has changed since the last attempt leaves what that one suspended on record.
  const noted = [...new Set([...byUs, ...ours])];
  if ((await ports.deployments.noteSuspended(deployment.deploymentId, autoScalingGroupName, noted)) === 'refused')
    return false;
  await ports.autoScalingGroups.suspend(autoScalingGroupName, ours);
  ports.telemetry.info('processes suspended', { autoScalingGroupName, processes: ours.join(', ') });
  return true;
}

/** Resumes exactly what the deployment has suspended, unless somebody else has done so. */
export async function letGo(deployment: FleetDeployment, ports: Omit<Ports, 'deployments'>): Promise<void> {
  const ours = deployment.suspended ?? {};
  for (const { autoScalingGroupName: name, suspended } of await ports.autoScalingGroups.describe(Object.keys(ours))) {
    const processes = processesToResume({ suspended, byUs: ours[name] ?? [] });
    if (processes.length === 0) continue;
    await ports.autoScalingGroups.resume(name, processes);
    ports.telemetry.info('processes resumed', { autoScalingGroupName: name, processes: processes.join(', ') });
  }
}
