/** How the machines of a warm pool wait, as its state after `Warmed:` names it. */
export const POOL_STATES = ['Stopped', 'Running', 'Hibernated'] as const;
export type PoolState = (typeof POOL_STATES)[number];

/** A member of the warm pool that is ready to serve once it is called. */
export type RestingState = `Warmed:${PoolState}`;

/** States of an instance in its group, as the API spells them. Root volume swaps are not played. */
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
  | 'Detached'
  | 'Warmed:Pending'
  | 'Warmed:Pending:Wait'
  | 'Warmed:Pending:Proceed'
  | RestingState
  | 'Warmed:Terminating'
  | 'Warmed:Terminating:Wait'
  | 'Warmed:Terminating:Proceed'
  | 'Warmed:Terminated';

/** The states that instance metadata may show as `autoscaling/target-lifecycle-state`. */
type SteadyState = 'InService' | 'Standby' | 'Detached' | 'Terminated' | 'Warmed:Terminated' | RestingState;

const LAUNCHING: ReadonlySet<LifecycleState> = new Set(['Pending', 'Pending:Wait', 'Pending:Proceed']);
const ENTERING_POOL: ReadonlySet<LifecycleState> = new Set([
  'Warmed:Pending',
  'Warmed:Pending:Wait',
  'Warmed:Pending:Proceed',
]);
const RESTING: ReadonlySet<LifecycleState> = new Set(POOL_STATES.map((state): RestingState => `Warmed:${state}`));
const TERMINATING: ReadonlySet<LifecycleState> = new Set([
  'Terminating',
  'Terminating:Wait',
  'Terminating:Proceed',
  'Terminated',
  'Warmed:Terminating',
  'Warmed:Terminating:Wait',
  'Warmed:Terminating:Proceed',
  'Warmed:Terminated',
]);

export const isLaunching = (state: LifecycleState): boolean => LAUNCHING.has(state);
export const isTerminating = (state: LifecycleState): boolean => TERMINATING.has(state);

/** On its way into the warm pool: new, or back from service. */
export const isEnteringPool = (state: LifecycleState): boolean => ENTERING_POOL.has(state);

/** Ready in the warm pool. */
export const isResting = (state: LifecycleState): state is RestingState => RESTING.has(state);

/** Whether the warm pool has the instance, and not the group in the narrow sense. */
export const isInWarmPool = (state: LifecycleState): boolean => state.startsWith('Warmed:');

/** The instance is no member any more once it has entered this state. */
export const isGone = (state: LifecycleState): boolean =>
  state === 'Terminated' || state === 'Warmed:Terminated' || state === 'Detached';

/** Whether an instance in this state fills a place of the desired capacity. */
export const countsTowardDesired = (state: LifecycleState): boolean => LAUNCHING.has(state) || state === 'InService';

/** Where an instance in this state is heading; instance metadata shows it, never the current state. */
export function targetLifecycleState(state: LifecycleState, poolState: PoolState = 'Stopped'): SteadyState {
  if (isTerminating(state)) return isInWarmPool(state) ? 'Warmed:Terminated' : 'Terminated';
  if (isResting(state)) return state;
  if (isEnteringPool(state)) return `Warmed:${poolState}`;
  if (state === 'EnteringStandby' || state === 'Standby') return 'Standby';
  if (state === 'Detaching' || state === 'Detached') return 'Detached';
  return 'InService';
}
