import { type Ending, stoppedByRequest, timedOut } from '../../../core/fleet/ending.ts';
import { isDrained } from '../../../core/fleet/places.ts';
import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { existingDeployment } from './existing-deployment.ts';
import { lookAtHosts } from './look-at-hosts.ts';
import { lookAtAlarms } from './look-at-alarms.ts';
import { tellOfDelay } from './tell-stack.ts';
import { isOverdue, LONGEST_FLEET_HOURS, secondsUntilNextLook } from './time-limit.ts';
import { windDown } from './wind-down.ts';

/**
 * What the lane that watches does next. `Watch`: look again in so many seconds. `Settled`: the fleet is done by itself.
 * `Over`: it is ending and nothing is in progress, so that nobody has to wait for the turns that will not come.
 */
export interface LookAfterFleet {
  readonly finding: 'Watch' | 'Settled' | 'Over';
  readonly lookInSeconds: number;
}

/** Looks whether hosts are gone, and whether a deployment is to end, and ends it: alarms, a request to stop, its time limit. */
export async function lookAfterFleet(deploymentId: string, engine: FleetEngine): Promise<LookAfterFleet> {
  const [deployment, before] = await Promise.all([
    existingDeployment(deploymentId, engine),
    engine.fleets.places(deploymentId),
  ]);
  await tellOfDelay(deployment, engine);
  const lookInSeconds = secondsUntilNextLook(deployment, engine.clock());
  if (before?.isOver) return { finding: 'Settled', lookInSeconds };

  if (before) await lookAtHosts(deploymentId, before, engine);
  const reason = before?.ending ? undefined : await reasonToEnd(deployment, engine);
  const { ending } = (reason ? await engine.fleets.end(deploymentId, reason) : before) ?? {};
  if (!ending) return { finding: 'Watch', lookInSeconds };

  if (ending.kind === 'CutShort') await windDown(deploymentId, ending.errorInformation.message, engine);
  await engine.fleets.noteEndingSeen(deploymentId);
  const now = await engine.fleets.places(deploymentId);
  return { finding: now && isDrained(now) ? 'Over' : 'Watch', lookInSeconds: SECONDS_BETWEEN_LOOKS_AT_THE_END };
}

async function reasonToEnd(deployment: FleetDeployment, engine: FleetEngine): Promise<Ending | undefined> {
  if (deployment.stopRequest) return stoppedByRequest();
  if (isOverdue(deployment, engine.clock())) return timedOut(LONGEST_FLEET_HOURS);
  return lookAtAlarms(deployment, engine);
}

/** A target that began as the deployment was stopped is found at the next look. */
const SECONDS_BETWEEN_LOOKS_AT_THE_END = 60;
