import { warmPoolSize } from '../../rehearsal/auto-scaling/capacity/warm-pool-size.ts';
import { isResting } from '../../rehearsal/auto-scaling/lifecycle/lifecycle-state.ts';
import type { Course } from './course.ts';

/** Whether nothing is under way any more. */
export function isAtRest({ group, pending, world: { machines, queue, bus } }: Course): boolean {
  const isBusy = [...machines.account.executions.values()].some(({ status }) => status === 'RUNNING');
  return !isBusy && pending === 0 && queue.pending === 0 && bus.pending === 0 && isAtItsSize(group);
}

function isAtItsSize({ members, sizes, suspended, warmPool }: Course['group']): boolean {
  const states = [...members.values()].map(({ lifecycleState }) => lifecycleState);
  const inService = states.filter((state) => state === 'InService').length;
  const resting = states.filter(isResting).length;
  const standingBy = states.filter((state) => state === 'Standby').length;
  if (inService + resting + standingBy !== members.size) return false;
  if (suspended.has('Launch')) return true;
  return inService === sizes.desired && resting === (warmPool ? warmPoolSize(sizes, warmPool) : 0);
}
