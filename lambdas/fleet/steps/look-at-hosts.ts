import { isDrained, type Places } from '../../../core/fleet/places.ts';
import type { Stop } from '../../../core/target.ts';
import { stopTheWork } from '../../orchestrator/steps/stop-the-work.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { standingsOf } from './standings-of.ts';

/**
 * Ends the work on targets whose instance is no more. A lifecycle hook tells of most that leave; nobody tells of one
 * that is terminated without a hook, or dies.
 */
export async function lookAtHosts(deploymentId: string, places: Places, engine: FleetEngine): Promise<void> {
  if (isDrained(places)) return;
  const instanceIds = (await targetsInProgress(deploymentId, places, engine)).filter((id) => id.startsWith('i-'));
  for (const instanceId of await engine.instances.gone(instanceIds)) {
    const stop: Stop = { kind: 'HostGone', reason: `${instanceId} was terminated while it was deployed to` };
    await stopTheWork({ deploymentId, instanceId }, stop, engine);
  }
}

async function targetsInProgress(
  deploymentId: string,
  places: Places,
  engine: FleetEngine,
): Promise<readonly string[]> {
  if (places.isUnlimited) {
    const standings = await standingsOf(deploymentId, engine);
    return standings.filter(({ status }) => status === 'InProgress').map(({ instanceId }) => instanceId);
  }
  const { targetIds = [] } = (await engine.fleetTargets.list(deploymentId)) ?? {};
  return [...places.inProgress].flatMap((number) => targetIds[number] ?? []);
}
