import type { Target } from '../target.ts';
import type { TargetEnd, TargetState } from './target-state.ts';

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
      if (stop?.kind !== 'Superseded' && stop?.kind !== 'HostGone') return 'Failed';
      return hasBegun(lifecycleEvents) ? 'GoneDuring' : 'GoneBefore';
    case 'Failed':
      return stop?.kind === 'HostAgentSilent' && !hasBegun(lifecycleEvents) ? 'Unreachable' : 'Failed';
  }
}

function hasBegun(lifecycleEvents: TargetStanding['lifecycleEvents']): boolean {
  return lifecycleEvents.some(({ status }) => status !== 'Skipped');
}

/** How a target ended. @throws Error for one that has not */
export function endOfTarget(standing: Omit<TargetStanding, 'instanceId'>): TargetEnd {
  const state = stateOfTarget(standing);
  if (state === 'Pending' || state === 'InProgress' || state === 'Skipped')
    throw new Error(`A target that is ${state} has not ended`);
  return state;
}
