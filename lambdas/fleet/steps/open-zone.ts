import { firstOf } from '../../../core/fleet/waves.ts';
import type { FleetEngine } from '../fleet-engine.ts';

/** The targets whose turn has come. */
export interface OpenedZone {
  /** False when the deployment is ending: none of its targets begins. */
  readonly isOpen: boolean;
  readonly targets: readonly string[];
  /** The number of the first of them among all targets of the deployment. */
  readonly firstNumber: number;
  /** Most of them at work at once. */
  readonly concurrency: number;
  readonly monitorSeconds: number;
  /** The zone that comes next; null after the last. */
  readonly nextZone: number | null;
}

/** Opens a zone, or the whole fleet where its config knows no zones. @param zone from 0 */
export async function openZone(
  deploymentId: string,
  zone: number,
  { fleetTargets, fleets }: Pick<FleetEngine, 'fleetTargets' | 'fleets'>,
): Promise<OpenedZone> {
  const list = await fleetTargets.list(deploymentId);
  const wave = list?.waves[zone];
  if (!list || !wave) throw new Error(`The deployment ${deploymentId} has no zone ${zone}`);
  const isOpen = (await fleets.openWave(deploymentId, zone)) === 'open';
  const firstNumber = firstOf(list.waves, zone);
  return {
    isOpen,
    targets: isOpen ? list.targetIds.slice(firstNumber, firstNumber + wave.size) : [],
    firstNumber,
    concurrency: Math.min(list.mayBeDown, wave.mayBeDown, wave.size),
    monitorSeconds: wave.monitorSeconds,
    nextZone: zone + 1 < list.waves.length ? zone + 1 : null,
  };
}
