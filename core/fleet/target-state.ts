/** CodeDeploy's statuses of one target of a deployment. `Ready` and `Unknown` never occur in place. */
export type WireTargetStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped' | 'Unknown' | 'Ready';

/**
 * Where a target stands, as finely as the arithmetic needs it. `Unreachable` failed because its agent never came for
 * the work. `GoneBefore` and `GoneDuring`: its host left the fleet, before or while it was worked on.
 */
export type TargetState =
  'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Unreachable' | 'Skipped' | 'GoneBefore' | 'GoneDuring';

/** A state that a target reached by itself, and leaves no more. */
export type TargetEnd = Exclude<TargetState, 'Pending' | 'InProgress' | 'Skipped'>;

/**
 * What a target's record and the overview show. A host that left is no failure and will not be deployed to, which of
 * CodeDeploy's words is `Skipped`.
 */
export function statusOf(state: TargetState): WireTargetStatus {
  switch (state) {
    case 'Unreachable':
      return 'Failed';
    case 'GoneBefore':
    case 'GoneDuring':
      return 'Skipped';
    default:
      return state;
  }
}
