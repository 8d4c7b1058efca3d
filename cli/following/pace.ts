const FIRST_MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 30_000;
/** What a batch of 25 targets under way adds: a look costs a call for each. */
const PER_BATCH_MS = 250;

/** How long to wait before the next look: at first a second, later two; longer for many targets and after failures. */
export function pauseMs(state: {
  readonly elapsedMs: number;
  /** Looks in a row that failed. */
  readonly failures: number;
  readonly targetsUnderWay: number;
}): number {
  const base = state.elapsedMs < FIRST_MINUTE_MS ? 1_000 : 2_000;
  const paced = base + Math.floor(state.targetsUnderWay / 25) * PER_BATCH_MS;
  return Math.min(LONGEST_PAUSE_MS, paced * 2 ** state.failures);
}
