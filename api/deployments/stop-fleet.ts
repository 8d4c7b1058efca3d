import { isTerminal, isYetToBegin } from '../../core/fleet/deployment-status.ts';
import { type Ending, stoppedByRequest } from '../../core/fleet/ending.ts';
import { overviewOf } from '../../core/fleet/overview.ts';
import { isDrained } from '../../core/fleet/places.ts';
import type { FleetDeployment, StopRequest } from '../../core/fleet-deployment.ts';
import type { Ports } from '../operation.ts';
import { targetsOf } from './targets-of.ts';

type StopPorts = Pick<
  Ports,
  'fleetDeployments' | 'fleetTargets' | 'fleetExecutions' | 'fleets' | 'taskTokens' | 'windDown' | 'clock'
>;

/** What became of a request to stop. `over`: the deployment had ended otherwise. */
export type StopOutcome = 'stopped' | 'stopping' | 'over';

/**
 * Stops a deployment to a fleet: when this returns, no target of it begins any more, and no lifecycle event. Where
 * nothing runs, its verdict is on record. Repeated, it does what is left to do.
 */
export async function stopFleet(deploymentId: string, request: StopRequest, ports: StopPorts): Promise<StopOutcome> {
  const deployment = await ports.fleetDeployments.requestStop(deploymentId, request);
  if (deployment === 'refused') return 'over';
  if (!isYetToBegin(deployment.status)) return stopBegun(deployment, ports);
  await stopUnbegun(deployment, ports);
  const now = (await ports.fleetDeployments.byId(deploymentId)) ?? deployment;
  if (isTerminal(now.status)) return now.status === 'Stopped' ? 'stopped' : 'over';
  return stopBegun(now, ports);
}

/** Its execution tells of the stop, rolls back and gives the group free; it may never have been started. */
async function stopUnbegun(deployment: FleetDeployment, ports: StopPorts): Promise<void> {
  const { deploymentId } = deployment;
  await ports.fleetExecutions.start(deploymentId, { deploymentId });
  const overview = overviewOf(await statusesAtTheEnd(deployment, ports));
  await ports.fleetDeployments.endUnbegun(deploymentId, settlementOf(stoppedByRequest()), overview, ports.clock());
}

async function stopBegun(deployment: FleetDeployment, ports: StopPorts): Promise<StopOutcome> {
  const { deploymentId } = deployment;
  const places = await ports.fleets.end(deploymentId, stoppedByRequest());
  const { ending, watchToken } = places;
  const isStopped = isDrained(places) && (await stopIdle(deployment, ending, ports));
  // Whoever crashes from here on has stopped it nevertheless: the lane that watches winds down as well.
  if (watchToken !== undefined) await ports.taskTokens.answer(watchToken, {});
  if (isStopped) return 'stopped';
  if (ending?.kind === 'CutShort') await ports.windDown(deploymentId, ending.errorInformation.message);
  return 'stopping';
}

/** Writes the verdict on a deployment of which no target is in progress, nor will be. */
async function stopIdle(deployment: FleetDeployment, ending: Ending | undefined, ports: StopPorts): Promise<boolean> {
  if (ending?.kind !== 'CutShort' || ending.status !== 'Stopped') return false;
  const statuses = await statusesAtTheEnd(deployment, ports);
  if (statuses.includes('InProgress')) return false;
  const { deploymentId } = deployment;
  await ports.fleetDeployments.end(deploymentId, settlementOf(ending), overviewOf(statuses), ports.clock());
  return true;
}

/** How its targets stand once it has stopped, whose turn has come and whose never will. */
async function statusesAtTheEnd(deployment: FleetDeployment, ports: StopPorts) {
  const targets = await targetsOf({ kind: 'fleet', deployment: { ...deployment, status: 'Stopped' } }, ports);
  return targets.map(({ status }) => status);
}

function settlementOf({ status, errorInformation }: ReturnType<typeof stoppedByRequest>) {
  return { status, errorInformation };
}
