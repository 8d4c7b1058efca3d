import type { LifecycleTransition } from './lifecycle-hook.ts';
import { LAUNCHING } from './lifecycle-hook.ts';
import type { LifecycleState } from './lifecycle-state.ts';
import type { Member } from './member.ts';

type Place = 'EC2' | 'WarmPool' | 'AutoScalingGroup';

/** Where an instance comes from and goes to while hooks hold it; notifications tell it. */
export interface Journey {
  readonly origin: Place;
  readonly destination: Place;
}

/** @param state the wait that hooks of the transition begin */
export function journeyAt(
  state: LifecycleState,
  transition: LifecycleTransition,
  { isFromPool }: Pick<Member, 'isFromPool'>,
): Journey {
  switch (state) {
    case 'Warmed:Pending:Wait':
      return { origin: transition === LAUNCHING ? 'EC2' : 'AutoScalingGroup', destination: 'WarmPool' };
    case 'Warmed:Terminating:Wait':
      return { origin: 'WarmPool', destination: 'EC2' };
    case 'Pending:Wait':
      return { origin: isFromPool ? 'WarmPool' : 'EC2', destination: 'AutoScalingGroup' };
    default:
      return { origin: 'AutoScalingGroup', destination: 'EC2' };
  }
}
