import { setTimeout as pause } from 'node:timers/promises';

/** Far beyond what any of these tests needs on a busy machine, in wall milliseconds. */
const LIMIT_MS = 45_000;
const PAUSE_MS = 40;

/**
 * Asks until there is an answer other than undefined and false.
 * @throws Error naming `what` when there is none for too long
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${LIMIT_MS / 1000} seconds: ${what}`);
    await pause(PAUSE_MS);
  }
}
