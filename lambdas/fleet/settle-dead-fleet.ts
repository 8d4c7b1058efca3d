import { brokenBy } from '../../core/fleet/ending.ts';
import { describeDeath, type ExecutionDeath } from '../execution-death.ts';
import type { FleetEngine } from './fleet-engine.ts';
import { endFleet } from './steps/end-fleet.ts';
import { windDown } from './steps/wind-down.ts';

/** What EventBridge tells of an execution of `FleetDeployment` that did not succeed. */
export interface DeadFleet {
  readonly detail: ExecutionDeath;
}

/**
 * Ends a deployment whose execution died: nobody else would resume what it suspended, or free its group. Its targets in
 * progress are wound down, and are not waited for.
 */
export async function settleDeadFleet({ detail }: DeadFleet, engine: FleetEngine): Promise<void> {
  const deploymentId = deploymentIdIn(detail.input);
  const deployment = deploymentId === undefined ? undefined : await engine.deployments.byId(deploymentId);
  if (!deployment) {
    engine.telemetry.warn('an execution that deploys nothing died', { status: detail.status });
    return;
  }
  const error = describeDeath(detail);
  engine.telemetry.count('ExecutionsDied');
  engine.telemetry.warn('execution died', { deploymentId: deployment.deploymentId, status: detail.status });
  if (await engine.fleets.places(deployment.deploymentId)) {
    const message = `The execution of the deployment ended: ${error.Error}`;
    await engine.fleets.end(deployment.deploymentId, brokenBy({ code: 'INTERNAL_ERROR', message }));
    await windDown(deployment.deploymentId, message, engine);
  }
  await endFleet({ deploymentId: deployment.deploymentId, settlement: null, error, atOnce: true }, engine);
}

function deploymentIdIn(input: string | null | undefined): string | undefined {
  const parsed: unknown = input ? JSON.parse(input) : undefined;
  if (typeof parsed !== 'object' || parsed === null || !('deploymentId' in parsed)) return undefined;
  return typeof parsed.deploymentId === 'string' ? parsed.deploymentId : undefined;
}
