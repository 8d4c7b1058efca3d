const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * How long a group waits before it launches again after failures in a row: AWS slows such groups down without
 * saying by how much; here the pause doubles from 5 s to a minute.
 * @returns rehearsed milliseconds
 */
export const pauseAfterFailures = (failures: number): number =>
  failures === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
