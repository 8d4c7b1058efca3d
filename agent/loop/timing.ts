import { setTimeout as sleep } from 'node:timers/promises';

/** Time and chance, as the loop sees them. */
export interface Timing {
  now(): number;
  random(): number;
  /** Waits; returns early, without an error, once the signal is aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemTiming: Timing = {
  now: () => Date.now(),
  random: () => Math.random(),
  pause: async (ms, signal) => {
    await sleep(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  },
};
