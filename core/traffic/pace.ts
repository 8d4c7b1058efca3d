/**
 * Pauses between two looks at a load balancer. The state machine must know each by an error name of its own, for a
 * retry that waits costs one transition where a loop costs three; hence a few fixed ones.
 */
export const PAUSES_SECONDS = [1, 2, 5, 10, 20, 30, 60, 150] as const;
export type PauseSeconds = (typeof PAUSES_SECONDS)[number];

/** Longest that AllowTraffic waits for health, as CodeDeploy does. */
export const ALLOW_LIMIT_SECONDS = 3600;

/** Longest that BlockTraffic waits: a target group may drain for an hour. */
export const BLOCK_LIMIT_SECONDS = 70 * 60;

/** The name of the error that asks the state machine to call again after a pause. */
export function lookAgainIn(pause: PauseSeconds): `LookAgainIn${PauseSeconds}Seconds` {
  return `LookAgainIn${pause}Seconds`;
}

/**
 * When to look again at a target group that drains. It answers when its delay is over and not before, so that pauses
 * lead up to that moment: two where it is AWS's default of 300 seconds. One that is late is asked at once, and then ever
 * more seldom.
 */
export function pauseWhileDraining(elapsedSeconds: number, drainSeconds: number): PauseSeconds {
  const leftSeconds = drainSeconds - elapsedSeconds;
  // The delay began after the event did; a pause that is too long by less than a second loses nothing.
  if (leftSeconds > 0) return longestWithin(leftSeconds + 1);
  return longestWithin(Math.min(LONGEST_LATE_SECONDS, -2 * leftSeconds));
}

/**
 * When to look again at a target group that checks a host's health. The first check may be made at once, or up to an
 * interval later, and a host that has failed one must pass several. So the pauses grow with the time that has passed, up
 * to two intervals, and further for a host that takes many times as long as checks should: with AWS's default of 30
 * seconds an answer after one interval is the third pause's, one after five intervals the sixth's.
 */
export function pauseWhileChecking(elapsedSeconds: number, checkSeconds: number): PauseSeconds {
  if (elapsedSeconds < 1) return PAUSES_SECONDS[0];
  const longest = Math.max(2 * checkSeconds, elapsedSeconds / 8);
  return longestWithin(Math.min(elapsedSeconds + checkSeconds / 3, longest));
}

/** When to look again whether others have made room: soon, and ever more seldom up to half a minute. */
export function pauseWhileHeldUp(elapsedSeconds: number): PauseSeconds {
  return longestWithin(Math.min(LONGEST_LATE_SECONDS, elapsedSeconds / 2));
}

/** Of a load balancer that does not keep to its delay. */
const LONGEST_LATE_SECONDS = 30;

function longestWithin(seconds: number): PauseSeconds {
  return PAUSES_SECONDS.findLast((pause) => pause <= seconds) ?? PAUSES_SECONDS[0];
}
