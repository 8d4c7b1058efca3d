import type { Target } from '../target.ts';
import type { TargetEnd } from './finish-target.ts';
import type { TargetState } from './target-state.ts';

/** What the record of a target says of how it stands. */
export type TargetStanding = Pick<Target, 'instanceId' | 'status' | 'stop' | 'lifecycleEvents'>;

/**
 * Where a target with a record stands. One that is skipped on record has lost its host: a target whose turn never came
 * has no record.
 */
export function stateOfTarget({ status, stop, lifecycleEvents }: Omit<TargetStanding, 'instanceId'>): TargetState {
  switch (status) {
    case 'InProgress':
    case 'Succeeded':
      return status;
    case 'Skipped':
      return 'GoneBefore';
    case 'Stopped':
      return stop?.kind === 'Superseded' ? 'GoneDuring' : 'Failed';
    case 'Failed':
      return stop?.kind === 'HostAgentSilent' && lifecycleEvents.every((event) => event.status === 'Skipped')
        ? 'Unreachable'
        : 'Failed';
  }
}

/** What the end of a target means for the places of its fleet. @throws Error for one that has not ended */
export function endOfTarget(standing: Omit<TargetStanding, 'instanceId'>): TargetEnd | 'GoneBefore' {
  const state = stateOfTarget(standing);
  switch (state) {
    case 'GoneDuring':
      return 'Gone';
    case 'Succeeded':
    case 'Failed':
    case 'Unreachable':
    case 'GoneBefore':
      return state;
    default:
      throw new Error(`A target that is ${state} has not ended`);
  }
}
