import { advance } from '../../../../rehearsal/auto-scaling/lifecycle/advance.ts';
import type { Journey } from '../../../../rehearsal/auto-scaling/lifecycle/journey.ts';
import type { LifecycleHook } from '../../../../rehearsal/auto-scaling/lifecycle/lifecycle-hook.ts';
import { LAUNCHING, TERMINATING } from '../../../../rehearsal/auto-scaling/lifecycle/lifecycle-hook.ts';
import type { Member } from '../../../../rehearsal/auto-scaling/lifecycle/member.ts';
import type { Circumstances, Effect, LifecycleEvent } from '../../../../rehearsal/auto-scaling/lifecycle/step.ts';

export const aMember = (overrides: Partial<Member> = {}): Member => ({
  instanceId: 'i-0a',
  instanceType: 't3.micro',
  imageId: 'ami-1',
  availabilityZone: 'us-east-1a',
  launchTemplate: { id: 'lt-1', name: 'web', version: 1 },
  lifecycleState: 'Pending',
  healthStatus: 'Healthy',
  protectedFromScaleIn: false,
  joinedAtMs: 0,
  registered: false,
  actions: [],
  ...overrides,
});

export const aHook = (overrides: Partial<LifecycleHook> = {}): LifecycleHook => ({
  lifecycleHookName: 'hook',
  lifecycleTransition: LAUNCHING,
  heartbeatTimeoutSeconds: 600,
  defaultResult: 'ABANDON',
  ...overrides,
});

export const launchHook = aHook({ lifecycleHookName: 'launch' });
export const secondLaunchHook = aHook({ lifecycleHookName: 'second' });
export const terminationHook = aHook({ lifecycleHookName: 'bye', lifecycleTransition: TERMINATING });
export const secondTerminationHook = aHook({ lifecycleHookName: 'last', lifecycleTransition: TERMINATING });

/** The way of a launch without a warm pool. */
export const LAUNCH: Journey = { origin: 'EC2', destination: 'AutoScalingGroup' };

export const ended = (token: string, result: 'CONTINUE' | 'ABANDON'): LifecycleEvent => ({
  type: 'ActionEnded',
  token,
  result,
  cause: 'CompleteLifecycleAction',
});

/** Lets events happen one after the other; tokens are t1, t2, … in the order actions start. */
export function live(
  member: Member,
  hooks: readonly LifecycleHook[],
  ...events: LifecycleEvent[]
): { member: Member; told: string[] } {
  let tokens = 0;
  const circumstances: Circumstances = { hooks, nowMs: 1000, newToken: () => `t${++tokens}` };
  const told: string[] = [];
  let now = member;
  for (const event of events) {
    const step = advance(now, event, circumstances);
    now = step.member;
    told.push(...step.effects.map(inWords));
  }
  return { member: now, told };
}

function inWords(effect: Effect): string {
  switch (effect.do) {
    case 'enter':
      return effect.state;
    case 'startActions':
    case 'cancelActions':
      return `${effect.do} ${effect.actions.map(({ token }) => token).join(' ')}`;
    default:
      return effect.do;
  }
}
