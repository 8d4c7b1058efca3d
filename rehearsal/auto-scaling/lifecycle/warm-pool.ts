import { LAUNCHING, TERMINATING } from './lifecycle-hook.ts';
import { isResting, type RestingState } from './lifecycle-state.ts';
import type { Member } from './member.ts';
import { and, type Circumstances, enter, type Step, unchanged, waitForActions } from './step.ts';

/** A new machine runs: hooks prepare it before it rests. */
export function prepare(member: Member, circumstances: Circumstances): Step {
  return waitForActions(member, LAUNCHING, 'Warmed:Pending:Wait', circumstances) ?? rest(unchanged(member));
}

/** A machine that served is out of traffic: the hooks of its leaving run, though it stays. */
export function takeBack(member: Member, circumstances: Circumstances): Step {
  return waitForActions(member, TERMINATING, 'Warmed:Pending:Wait', circumstances) ?? rest(unchanged(member));
}

/** The hooks of the pool's door are done. */
export const proceedToPool = (member: Member): Step => rest(enter(member, 'Warmed:Pending:Proceed'));

const rest = (step: Step): Step => and(step, { do: 'restInstance' });

export function rested(member: Member, state: RestingState): Step {
  const isComing = member.lifecycleState === 'Warmed:Pending' || member.lifecycleState === 'Warmed:Pending:Proceed';
  return isComing ? enter(member, state) : unchanged(member);
}

/** Calls a member of the pool into service: it begins as a launch does, with a machine that is there already. */
export function promote(member: Member): Step {
  if (!isResting(member.lifecycleState)) return unchanged(member);
  return and(enter({ ...member, isFromPool: true }, 'Pending'), { do: 'startInstance' });
}

/** Whether the wait of a member at the pool's door is that of one that served before. */
export const isComingBack = ({ actions }: Member): boolean =>
  actions.some(({ hook }) => hook.lifecycleTransition === TERMINATING);
