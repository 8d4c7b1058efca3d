import { processesToResume, processesToSuspend } from '../../../core/fleet/suspended-processes.ts';
import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import type { FleetEngine } from '../fleet-engine.ts';

type Ports = Pick<FleetEngine, 'autoScalingGroups' | 'deployments' | 'telemetry'>;

/**
 * Suspends what the deployment wants suspended in its Auto Scaling groups. What is suspended is on record first: whoever
 * ends the deployment resumes that, whatever happens in between.
 */
export async function holdStill(deployment: FleetDeployment, ports: Ports): Promise<void> {
  const wanted = deployment.suspendProcesses ?? [];
  if (wanted.length === 0) return;
  for (const { autoScalingGroupName: name, suspended } of await ports.autoScalingGroups.describe(
    deployment.selection.autoScalingGroups,
  )) {
    const byUs = deployment.suspended?.[name] ?? [];
    const ours = processesToSuspend(wanted, { suspended, byUs });
    if (ours.length === 0) continue;
    await ports.deployments.noteSuspended(deployment.deploymentId, name, ours);
    await ports.autoScalingGroups.suspend(name, ours);
    ports.telemetry.info('processes suspended', { autoScalingGroupName: name, processes: ours.join(', ') });
  }
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
