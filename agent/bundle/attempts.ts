/** Lets time pass between attempts; returns early once the agent is asked to give up. */
export type Pause = (ms: number) => Promise<void>;

export interface Patience {
  /** Between one attempt and the next; with three of them, there are at most four attempts. */
  readonly pausesMs: readonly number[];
  readonly pause: Pause;
  /** Whether another attempt may fare better. Asked after every failure. */
  readonly mayPass: (error: unknown) => boolean;
}

/** Tries as often as patience allows. @throws the last attempt's error */
export async function attemptSeveralTimes<Result>(attempt: () => Promise<Result>, patience: Patience): Promise<Result> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      const pauseMs = patience.pausesMs[failures];
      if (!patience.mayPass(error) || pauseMs === undefined) throw error;
      await patience.pause(pauseMs);
    }
  }
}
