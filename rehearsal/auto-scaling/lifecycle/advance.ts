import { abandonedText, verdict } from './lifecycle-action.ts';
import { LAUNCHING, TERMINATING } from './lifecycle-hook.ts';
import type { LifecycleState } from './lifecycle-state.ts';
import { isEnteringPool, isInWarmPool, isLaunching, isResting, isTerminating } from './lifecycle-state.ts';
import type { Member } from './member.ts';
import { activeActions } from './member.ts';
import {
  and,
  type Circumstances,
  enter,
  type LifecycleEvent,
  type Step,
  followedBy,
  unchanged,
  waitForActions,
} from './step.ts';
import { isComingBack, prepare, proceedToPool, promote, rested, takeBack } from './warm-pool.ts';

/** Applies one event to one member. An event that means nothing in the member's state changes nothing. */
export function advance(member: Member, event: LifecycleEvent, circumstances: Circumstances): Step {
  switch (event.type) {
    case 'InstanceRunning':
      return begin(member, circumstances);
    case 'ActionEnded':
      return endAction(member, event, circumstances);
    case 'Registered':
      return serve(member, circumstances);
    case 'Leave':
      return leave(member, circumstances);
    case 'Drained':
      return afterDrain(member, circumstances);
    case 'InstanceTerminated':
      return end(member);
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
    case 'Promote':
      return promote(member);
    case 'ReturnToPool':
      return member.lifecycleState === 'InService'
        ? withdraw(member, 'Warmed:Pending', circumstances)
        : unchanged(member);
    case 'Rested':
      return rested(member, event.state);
  }
}

/** The member is registered before it is `InService`; until then it could be chosen to leave, and is drained then. */
const join = (step: Step): Step => and({ ...step, member: { ...step.member, registered: true } }, { do: 'register' });

function begin(member: Member, circumstances: Circumstances): Step {
  switch (member.lifecycleState) {
    case 'Pending':
      return waitForActions(member, LAUNCHING, 'Pending:Wait', circumstances) ?? join(unchanged(member));
    case 'Warmed:Pending':
      // One that served before is drained first, and runs all the while.
      return member.inServiceAtMs === undefined ? prepare(member, circumstances) : unchanged(member);
    default:
      return unchanged(member);
  }
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
  const isLeaving = isTerminating(member.lifecycleState) || isComingBack(member);
  if (outcome === 'ABANDON' && !isLeaving) {
    return abandonLaunch(decided, abandonedText(event.token, event.cause), true, circumstances);
  }
  // Who leaves goes on either way: ABANDON only cuts the other hooks short.
  return followedBy(cancelActions(decided), proceed);
}

/** The hooks of a wait are done. */
function proceed(member: Member): Step {
  switch (member.lifecycleState) {
    case 'Pending:Wait':
      return join(enter(member, 'Pending:Proceed'));
    case 'Warmed:Pending:Wait':
      return proceedToPool(member);
    case 'Warmed:Terminating:Wait':
      return and(enter(member, 'Warmed:Terminating:Proceed'), { do: 'terminateInstance' });
    default:
      return and(enter(member, 'Terminating:Proceed'), { do: 'terminateInstance' });
  }
}

function end(member: Member): Step {
  if (!isTerminating(member.lifecycleState)) return unchanged(member);
  return enter(member, isInWarmPool(member.lifecycleState) ? 'Warmed:Terminated' : 'Terminated');
}

function cancelActions(member: Member): Step {
  const actions = activeActions(member);
  return actions.length === 0 ? unchanged(member) : and(unchanged(member), { do: 'cancelActions', actions });
}

function abandonLaunch(member: Member, message: string, abandoned: boolean, circumstances: Circumstances): Step {
  const cancelled = and(cancelActions(member), { do: 'cancelLaunch', message, abandoned });
  return followedBy(cancelled, (rest) => withdraw(rest, wayOut(rest), circumstances));
}

function serve(member: Member, { nowMs }: Circumstances): Step {
  const { lifecycleState } = member;
  if (lifecycleState !== 'Pending' && lifecycleState !== 'Pending:Proceed') return unchanged(member);
  return enter({ ...member, isFromPool: false, inServiceAtMs: nowMs }, 'InService');
}

function leave(member: Member, circumstances: Circumstances): Step {
  const { lifecycleState } = member;
  if (isLaunching(lifecycleState) || isEnteringPool(lifecycleState)) {
    return abandonLaunch(member, 'The launch was cancelled: the instance is being terminated', false, circumstances);
  }
  const isSettled = lifecycleState === 'InService' || lifecycleState === 'Standby' || isResting(lifecycleState);
  return isSettled ? withdraw(member, wayOut(member), circumstances) : unchanged(member);
}

const wayOut = ({ lifecycleState }: Member): 'Terminating' | 'Warmed:Terminating' =>
  isInWarmPool(lifecycleState) ? 'Warmed:Terminating' : 'Terminating';

/** Takes the member out of traffic on its way to where it goes; who was never registered has nothing to drain. */
function withdraw(
  member: Member,
  state: Extract<
    LifecycleState,
    'Terminating' | 'Warmed:Terminating' | 'Warmed:Pending' | 'EnteringStandby' | 'Detaching'
  >,
  circumstances: Circumstances,
): Step {
  const step = enter(member, state);
  return member.registered ? and(step, { do: 'drain' }) : followedBy(step, (out) => afterDrain(out, circumstances));
}

function afterDrain(member: Member, circumstances: Circumstances): Step {
  const drained = { ...member, registered: false };
  switch (member.lifecycleState) {
    case 'Terminating':
    case 'Warmed:Terminating':
      return (
        waitForActions(drained, TERMINATING, `${member.lifecycleState}:Wait`, circumstances) ??
        and(unchanged(drained), { do: 'terminateInstance' })
      );
    case 'Warmed:Pending':
      return takeBack(drained, circumstances);
    case 'EnteringStandby':
      return enter(drained, 'Standby');
    case 'Detaching':
      return enter(drained, 'Detached');
    default:
      return unchanged(member);
  }
}
