import type { EndCause, LifecycleAction } from './lifecycle-action.ts';
import { startAction } from './lifecycle-action.ts';
import type { LifecycleActionResult, LifecycleHook, LifecycleTransition } from './lifecycle-hook.ts';
import { journeyAt } from './journey.ts';
import type { LifecycleState, RestingState } from './lifecycle-state.ts';
import type { Member } from './member.ts';

/** What happens to a member from outside its lifecycle. */
export type LifecycleEvent =
  | { readonly type: 'InstanceRunning' }
  | {
      readonly type: 'ActionEnded';
      readonly token: string;
      readonly result: LifecycleActionResult;
      readonly cause: EndCause;
    }
  | { readonly type: 'Registered' }
  /** Chosen to be terminated. */
  | { readonly type: 'Leave' }
  | { readonly type: 'Drained' }
  | { readonly type: 'InstanceTerminated' }
  | { readonly type: 'EnterStandby' }
  | { readonly type: 'ExitStandby' }
  | { readonly type: 'Attach' }
  | { readonly type: 'Detach' }
  /** A member of the warm pool is to serve. */
  | { readonly type: 'Promote' }
  /** Chosen to leave, and kept for later. */
  | { readonly type: 'ReturnToPool' }
  /** The machine is as the warm pool keeps its members. */
  | { readonly type: 'Rested'; readonly state: RestingState };

/** What has to be done about it, in this order. */
export type Effect =
  | { readonly do: 'enter'; readonly state: LifecycleState }
  | { readonly do: 'startActions'; readonly actions: readonly LifecycleAction[] }
  /** The actions died without a result of their own. */
  | { readonly do: 'cancelActions'; readonly actions: readonly LifecycleAction[] }
  | { readonly do: 'cancelLaunch'; readonly message: string; readonly abandoned: boolean }
  | { readonly do: 'register' }
  | { readonly do: 'drain' }
  /** Brings the machine into the state that the warm pool keeps its members in. */
  | { readonly do: 'restInstance' }
  /** Starts the machine, unless it runs. */
  | { readonly do: 'startInstance' }
  | { readonly do: 'terminateInstance' };

export interface Step {
  readonly member: Member;
  readonly effects: readonly Effect[];
}

export interface Circumstances {
  /** Hooks of the group at this moment, of both transitions. */
  readonly hooks: readonly LifecycleHook[];
  readonly nowMs: number;
  newToken(): string;
}

export const unchanged = (member: Member): Step => ({ member, effects: [] });

export function enter(member: Member, state: LifecycleState): Step {
  return { member: { ...member, lifecycleState: state, actions: [] }, effects: [{ do: 'enter', state }] };
}

/** Does `next` after `step`, keeping the effects in order. Not `then`: a module that exports that is taken for a promise. */
export function followedBy(step: Step, next: (member: Member) => Step): Step {
  const following = next(step.member);
  return { member: following.member, effects: [...step.effects, ...following.effects] };
}

export const and = (step: Step, ...effects: Effect[]): Step => ({ ...step, effects: [...step.effects, ...effects] });

/** All hooks of the transition start together; without hooks there is no wait. */
export function waitForActions(
  member: Member,
  transition: LifecycleTransition,
  state: LifecycleState,
  { hooks, nowMs, newToken }: Circumstances,
): Step | undefined {
  const journey = journeyAt(state, transition, member);
  const actions = hooks
    .filter(({ lifecycleTransition }) => lifecycleTransition === transition)
    .map((hook) => startAction(hook, journey, newToken(), nowMs));
  if (actions.length === 0) return undefined;
  const { member: waiting, effects } = enter(member, state);
  return and({ member: { ...waiting, actions }, effects }, { do: 'startActions', actions });
}
