/** States of an instance in its group, as the API spells them. Warm pools and root volume swaps are not played. */
export type LifecycleState =
  | 'Pending'
  | 'Pending:Wait'
  | 'Pending:Proceed'
  | 'InService'
  | 'Terminating'
  | 'Terminating:Wait'
  | 'Terminating:Proceed'
  | 'Terminated'
  | 'EnteringStandby'
  | 'Standby'
  | 'Detaching'
  | 'Detached';

/** The states that instance metadata may show as `autoscaling/target-lifecycle-state`. */
type SteadyState = 'InService' | 'Standby' | 'Detached' | 'Terminated';

const LAUNCHING: ReadonlySet<LifecycleState> = new Set(['Pending', 'Pending:Wait', 'Pending:Proceed']);
const TERMINATING: ReadonlySet<LifecycleState> = new Set([
  'Terminating',
  'Terminating:Wait',
  'Terminating:Proceed',
  'Terminated',
]);

export const isLaunching = (state: LifecycleState): boolean => LAUNCHING.has(state);
export const isTerminating = (state: LifecycleState): boolean => TERMINATING.has(state);

/** Whether an instance in this state fills a place of the desired capacity. */
export const countsTowardDesired = (state: LifecycleState): boolean => LAUNCHING.has(state) || state === 'InService';

/** Where an instance in this state is heading; instance metadata shows it, never the current state. */
export function targetLifecycleState(state: LifecycleState): SteadyState {
  if (isTerminating(state)) return 'Terminated';
  if (state === 'EnteringStandby' || state === 'Standby') return 'Standby';
  if (state === 'Detaching' || state === 'Detached') return 'Detached';
  return 'InService';
}
