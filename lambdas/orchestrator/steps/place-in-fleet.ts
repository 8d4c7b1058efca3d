import { tokenToWake } from '../../../adapters/table/fleet-places.ts';
import { endOfTarget } from '../../../core/fleet/target-standing.ts';
import { isLifecycleAction, targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
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
export async function takePlace(request: TargetRequest, { fleets }: Pick<Engine, 'fleets'>): Promise<'taken' | 'over'> {
  const place = placeOf(request);
  if (!place) return 'taken';
  const turn = await fleets.take(place.deploymentId, place.targetNumber);
  if (turn === 'wait') {
    throw new FleetIsFull(`As many targets of ${place.deploymentId} are down as may be; ${request.instanceId} waits`);
  }
  return turn;
}

/** Gives the place of a target that has ended to the next, and wakes the fleet when nothing is left to wait for. */
export async function releasePlace(target: Target, { fleets, taskTokens }: Pick<Engine, 'fleets' | 'taskTokens'>) {
  const place = placeOf(target.request);
  if (!place) return;
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
export async function isFleetOver(request: TargetRequest, { fleets }: Pick<Engine, 'fleets'>): Promise<boolean> {
  const place = placeOf(request);
  const places = place && (await fleets.places(place.deploymentId));
  return places !== undefined && (places.isOver || places.ending !== undefined);
}

/** Whether the fleet was stopped from outside, so that no further event of its targets may begin. */
export async function isFleetCutShort(request: TargetRequest, { fleets }: Pick<Engine, 'fleets'>): Promise<boolean> {
  const place = placeOf(request);
  const places = place && (await fleets.places(place.deploymentId));
  return places?.ending?.kind === 'CutShort';
}

/** The place that a request has in a fleet; undefined where it has none. */
export function placeOf(request: TargetRequest) {
  if (isLifecycleAction(request) || request.targetNumber === undefined) return undefined;
  return { deploymentId: targetIdOf(request).deploymentId, targetNumber: request.targetNumber };
}
