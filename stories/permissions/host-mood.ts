import type { RehearsalOptions } from '../../rehearsal/index.ts';

/** How simulated hosts behave, which whoever tells of them may change while they live. */
export interface HostMood {
  /** Whether start scripts of an instance fail. @default no */
  startFails: (instanceId: string) => boolean;
  /** Rehearsed milliseconds that a lifecycle event takes. @default 2 s */
  eventMs: (instanceId: string) => number;
  /** Whether agents die of their next lifecycle event. @default no */
  isMortal: boolean;
}

export const evenMood = (): HostMood => ({ startFails: () => false, eventMs: () => 2_000, isMortal: false });

/** Hosts of this mood, whatever it is at the time. */
export const hostsOf = (mood: HostMood): NonNullable<RehearsalOptions['simulation']> => ({
  eventMs: (instanceId) => mood.eventMs(instanceId),
  longestPollPauseMs: 300,
  outcome(instanceId, event) {
    if (mood.isMortal) return 'silent';
    return event === 'ApplicationStart' && mood.startFails(instanceId) ? 'fail' : 'succeed';
  },
});
