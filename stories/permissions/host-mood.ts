import type { RehearsalOptions } from '../../rehearsal/index.ts';

/** How simulated hosts behave, which whoever tells of them may change while they live. */
export interface HostMood {
  /** Whether start scripts of an instance fail. @default no */
  startFails: (instanceId: string) => boolean;
  /** Rehearsed milliseconds that a lifecycle event takes. @default 2 s */
  eventMs: (instanceId: string) => number;
}

export const evenMood = (): HostMood => ({ startFails: () => false, eventMs: () => 2_000 });

/** Hosts of this mood, whatever it is at the time. */
export const hostsOf = (mood: HostMood): NonNullable<RehearsalOptions['simulation']> => ({
  eventMs: (instanceId) => mood.eventMs(instanceId),
  longestPollPauseMs: 300,
  outcome: (instanceId, event) => (event === 'ApplicationStart' && mood.startFails(instanceId) ? 'fail' : 'succeed'),
});
