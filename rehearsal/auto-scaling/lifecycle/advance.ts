import type { EndCause, LifecycleAction } from './lifecycle-action.ts';
import { abandonedText, startAction, verdict } from './lifecycle-action.ts';
import type { LifecycleActionResult, LifecycleHook, LifecycleTransition } from './lifecycle-hook.ts';
import { LAUNCHING, TERMINATING } from './lifecycle-hook.ts';
import type { LifecycleState } from './lifecycle-state.ts';
import { isLaunching, isTerminating } from './lifecycle-state.ts';
import type { Member } from './member.ts';
import { activeActions } from './member.ts';

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
  | { readonly type: 'Detach' };

/** What has to be done about it, in this order. */
export type Effect =
  | { readonly do: 'enter'; readonly state: LifecycleState }
  | { readonly do: 'startActions'; readonly actions: readonly LifecycleAction[] }
  /** The actions died without a result of their own. */
  | { readonly do: 'cancelActions'; readonly actions: readonly LifecycleAction[] }
  | { readonly do: 'cancelLaunch'; readonly message: string; readonly abandoned: boolean }
  | { readonly do: 'register' }
  | { readonly do: 'drain' }
  | { readonly do: 'terminateInstance' };

interface Step {
  readonly member: Member;
  readonly effects: readonly Effect[];
}

export interface Circumstances {
  /** Hooks of the group at this moment, of both transitions. */
  readonly hooks: readonly LifecycleHook[];
  readonly nowMs: number;
  newToken(): string;
}

/** Applies one event to one member. An event that means nothing in the member's state changes nothing. */
export function advance(member: Member, event: LifecycleEvent, circumstances: Circumstances): Step {
  switch (event.type) {
    case 'InstanceRunning':
      return member.lifecycleState === 'Pending' ? launch(member, circumstances) : unchanged(member);
    case 'ActionEnded':
      return endAction(member, event, circumstances);
    case 'Registered':
      return serve(member, circumstances);
    case 'Leave':
      return leave(member, circumstances);
    case 'Drained':
      return afterDrain(member, circumstances);
    case 'InstanceTerminated':
      return isTerminating(member.lifecycleState) ? enter(member, 'Terminated') : unchanged(member);
    case 'EnterStandby':
      return member.lifecycleState === 'InService'
        ? withdraw(member, 'EnteringStandby', circumstances)
        : unchanged(member);
    case 'Detach':
      return ['InService', 'Standby'].includes(member.lifecycleState)
        ? withdraw(member, 'Detaching', circumstances)
        : unchanged(member);
    case 'ExitStandby':
      return member.lifecycleState === 'Standby' ? join(enter(member, 'Pending')) : unchanged(member);
    case 'Attach':
      return join(unchanged(member));
  }
}

const unchanged = (member: Member): Step => ({ member, effects: [] });

function enter(member: Member, state: LifecycleState): Step {
  return { member: { ...member, lifecycleState: state, actions: [] }, effects: [{ do: 'enter', state }] };
}

/** Does `next` after `step`, keeping the effects in order. */
function then(step: Step, next: (member: Member) => Step): Step {
  const following = next(step.member);
  return { member: following.member, effects: [...step.effects, ...following.effects] };
}

const and = (step: Step, ...effects: Effect[]): Step => ({ ...step, effects: [...step.effects, ...effects] });

/** The member is registered before it is `InService`; until then it could be chosen to leave, and is drained then. */
const join = (step: Step): Step => and({ ...step, member: { ...step.member, registered: true } }, { do: 'register' });

function launch(member: Member, circumstances: Circumstances): Step {
  return waitForActions(member, LAUNCHING, 'Pending:Wait', circumstances) ?? join(unchanged(member));
}

/** All hooks of the transition start together; without hooks there is no wait. */
function waitForActions(
  member: Member,
  transition: LifecycleTransition,
  state: LifecycleState,
  { hooks, nowMs, newToken }: Circumstances,
): Step | undefined {
  const actions = hooks
    .filter(({ lifecycleTransition }) => lifecycleTransition === transition)
    .map((hook) => startAction(hook, newToken(), nowMs));
  if (actions.length === 0) return undefined;
  const { member: waiting, effects } = enter(member, state);
  return and({ member: { ...waiting, actions }, effects }, { do: 'startActions', actions });
}

function endAction(
  member: Member,
  event: Extract<LifecycleEvent, { type: 'ActionEnded' }>,
  circumstances: Circumstances,
): Step {
  if (!activeActions(member).some(({ token }) => token === event.token)) return unchanged(member);
  const actions = member.actions.map((action) =>
    action.token === event.token ? { ...action, result: event.result } : action,
  );
  const decided = { ...member, actions };
  const outcome = verdict(actions);
  if (outcome === undefined) return unchanged(decided);
  if (member.lifecycleState === 'Pending:Wait') {
    return outcome === 'CONTINUE'
      ? join(enter(decided, 'Pending:Proceed'))
      : abandonLaunch(decided, abandonedText(event.token, event.cause), true, circumstances);
  }
  // A termination goes on either way: ABANDON only cuts the other hooks short.
  return and(
    then(cancelActions(decided), (rest) => enter(rest, 'Terminating:Proceed')),
    { do: 'terminateInstance' },
  );
}

function cancelActions(member: Member): Step {
  const actions = activeActions(member);
  return actions.length === 0 ? unchanged(member) : and(unchanged(member), { do: 'cancelActions', actions });
}

function abandonLaunch(member: Member, message: string, abandoned: boolean, circumstances: Circumstances): Step {
  const cancelled = and(cancelActions(member), { do: 'cancelLaunch', message, abandoned });
  return then(cancelled, (rest) => withdraw(rest, 'Terminating', circumstances));
}

function serve(member: Member, { nowMs }: Circumstances): Step {
  const { lifecycleState } = member;
  if (lifecycleState !== 'Pending' && lifecycleState !== 'Pending:Proceed') return unchanged(member);
  return enter({ ...member, inServiceAtMs: nowMs }, 'InService');
}

function leave(member: Member, circumstances: Circumstances): Step {
  const { lifecycleState } = member;
  if (isLaunching(lifecycleState)) {
    return abandonLaunch(member, 'The launch was cancelled: the instance is being terminated', false, circumstances);
  }
  if (lifecycleState === 'InService' || lifecycleState === 'Standby')
    return withdraw(member, 'Terminating', circumstances);
  return unchanged(member);
}

/** Takes the member out of traffic on its way to Terminating, Standby or Detached; who was never registered has nothing to drain. */
function withdraw(
  member: Member,
  state: 'Terminating' | 'EnteringStandby' | 'Detaching',
  circumstances: Circumstances,
): Step {
  const step = enter(member, state);
  return member.registered ? and(step, { do: 'drain' }) : then(step, (out) => afterDrain(out, circumstances));
}

function afterDrain(member: Member, circumstances: Circumstances): Step {
  const drained = { ...member, registered: false };
  switch (member.lifecycleState) {
    case 'Terminating':
      return (
        waitForActions(drained, TERMINATING, 'Terminating:Wait', circumstances) ??
        and(unchanged(drained), { do: 'terminateInstance' })
      );
    case 'EnteringStandby':
      return enter(drained, 'Standby');
    case 'Detaching':
      return enter(drained, 'Detached');
    default:
      return unchanged(member);
  }
}
