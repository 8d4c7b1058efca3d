import { isInOpenWave, room } from './budget.ts';
import { type FleetProgress, stateOf, withState } from './fleet-progress.ts';

/**
 * What becomes of a target that asks to begin. `begin`: write `progress`, and then touch the host. `begun`: it has
 * leave already, which is the answer to whoever asks again after a crash. `wait`: too many are down, or its zone has
 * still to come. `over`: it has ended or never will begin.
 */
export type Turn =
  { readonly kind: 'begin'; readonly progress: FleetProgress } | { readonly kind: 'begun' | 'wait' | 'over' };

/**
 * Asks leave to work on a target. Within a wave, who asks first goes first as long as there is room: were an earlier
 * target waited for whose turn nobody takes, the fleet would stand still.
 * @param target its place in the order
 * @throws RangeError for a number that no target has
 */
export function beginTarget(progress: FleetProgress, target: number): Turn {
  switch (stateOf(progress, target)) {
    case 'Pending':
      return isInOpenWave(progress, target) && room(progress) > 0
        ? { kind: 'begin', progress: begun(progress, target) }
        : { kind: 'wait' };
    case 'InProgress':
      return { kind: 'begun' };
    default:
      return { kind: 'over' };
  }
}

function begun(progress: FleetProgress, target: number): FleetProgress {
  return {
    ...progress,
    version: progress.version + 1,
    targets: withState(progress.targets, target, 'InProgress'),
  };
}
