/**
 * Pauses between two looks at a load balancer. The state machine must know each by an error name of its own, for a
 * retry that waits costs one transition where a loop costs three; hence a few fixed ones.
 */
export const PAUSES_SECONDS = [2, 5, 10, 30, 60, 120] as const;
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
 * lead up to that moment, and are short from then on.
 */
export function pauseWhileDraining(elapsedSeconds: number, drainSeconds: number): PauseSeconds {
  return longestWithin(drainSeconds - elapsedSeconds);
}

/**
 * When to look again at a target group that checks a host's health: within a third of its interval, and ever more
 * seldom once a host takes many times as long as one check should.
 */
export function pauseWhileChecking(elapsedSeconds: number, checkSeconds: number): PauseSeconds {
  return longestWithin(Math.max(checkSeconds / 3, (elapsedSeconds - 3 * checkSeconds) / 4));
}

function longestWithin(seconds: number): PauseSeconds {
  return PAUSES_SECONDS.findLast((pause) => pause <= seconds) ?? PAUSES_SECONDS[0];
}
