import { tokenToWake } from '../../../adapters/table/fleet-places.ts';
import type { Surroundings } from '../../../adapters/table/surroundings.ts';
import { endOfTarget } from '../../../core/fleet/target-standing.ts';
import { placeOf, type TargetRequest } from '../../../core/target-request.ts';
import type { Settlement, Target } from '../../../core/target.ts';
import type { Engine } from '../../engine.ts';

/** As many targets of the fleet are down as may be: the state is tried again until a place is free. */
class FleetIsFull extends Error {
  override readonly name = 'FleetIsFull';
}

/**
 * Takes the target's place among those of its fleet that may be worked on, before anything touches the host.
 * @returns `over` when its fleet ends before its turn has come; `taken` also where there is no fleet
 * @throws FleetIsFull
 */
export async function takePlace(
  request: TargetRequest,
  { places }: Surroundings,
  { fleets }: Pick<Engine, 'fleets'>,
): Promise<'taken' | 'over'> {
  const place = placeOf(request);
  if (!place) return 'taken';
  // Nobody is counted there, from the first target to the last.
  if (places?.isUnlimited) return places.isOver || places.ending ? 'over' : 'taken';
  const turn = await fleets.take(place.deploymentId, place.targetNumber);
  if (turn === 'wait') {
    throw new FleetIsFull(`As many targets of ${place.deploymentId} are down as may be; ${request.instanceId} waits`);
  }
  return turn;
}

/** Gives the place of a target that has ended to the next, and wakes the fleet when nothing is left to wait for. */
export async function releasePlace(
  target: Target,
  { places: known }: Surroundings,
  { fleets, taskTokens }: Pick<Engine, 'fleets' | 'taskTokens'>,
): Promise<void> {
  const place = placeOf(target.request);
  if (!place || known?.isUnlimited) return;
  const places = await fleets.release(place.deploymentId, place.targetNumber, endOfTarget(target));
  const token = tokenToWake(places);
  if (token !== undefined) await taskTokens.answer(token, {});
}

/** What becomes of a target that nobody has touched, nor will. */
export const TURN_NEVER_CAME: Settlement = {
  status: 'Skipped',
  lifecycleActionResult: null,
  reason: 'The deployment ended before the turn of this target had come',
};

/** Whether no further target of the fleet begins. */
export function isFleetOver({ places }: Surroundings): boolean {
  return places !== undefined && (places.isOver || places.ending !== undefined);
}

/** Whether the fleet was stopped from outside, so that no further event of its targets may begin. */
export function isFleetCutShort({ places }: Surroundings): boolean {
  return places?.ending?.kind === 'CutShort';
}

/** Whether, at this moment, nobody waits any more for targets of the fleet, or none of their events may begin. */
export async function isFleetClosed(request: TargetRequest, { fleets }: Pick<Engine, 'fleets'>): Promise<boolean> {
  const place = placeOf(request);
  const places = place && (await fleets.places(place.deploymentId));
  return places !== undefined && (places.isOver || isFleetCutShort({ places }));
}
