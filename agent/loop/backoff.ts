const GROWTH = 1.7;
const JITTER = 0.25;

export interface BackoffLimits {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Pauses between attempts that fail: each 1.7 times as long as the one before, up to a limit, and shortened by up to
 * a quarter at random, so that a fleet does not come back all at once.
 * @param failures attempts that failed in a row, at least 1
 * @param random from 0 to 1
 */
export function backoffMs(failures: number, { firstMs, longestMs }: BackoffLimits, random: number): number {
  const fullMs = Math.min(longestMs, firstMs * GROWTH ** (failures - 1));
  return fullMs * (1 - JITTER * random);
}
