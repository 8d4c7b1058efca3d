/**
 * Time in a rehearsal. Waiting runs `speed` times faster than the wall; work does not,
 * because a processor cannot be hurried: limits on work (a function's time limit) stay wall time.
 */
export interface Clock {
  /** How many rehearsed milliseconds pass in one millisecond of the wall. */
  readonly speed: number;
  /** The rehearsed time, in milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` rehearsed milliseconds; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `action` once after `ms` rehearsed milliseconds; the returned function calls it off. */
  after(ms: number, action: () => void): () => void;
  /**
   * The same clock for a child process: the value of `REHEARSAL_CLOCK`, as
   * `<wall epoch ms>:<rehearsed epoch ms>:<speed>` (read by `hosts/clock-preload.cjs`).
   */
  readonly origin: string;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A clock that starts at the wall's time and runs `speed` times as fast. */
export function createClock(speed: number): Clock {
  const wallStart = Date.now();
  const now = (): number => wallStart + (Date.now() - wallStart) * speed;

  const after = (ms: number, action: () => void): (() => void) => {
    const due = now() + ms;
    let timer: NodeJS.Timeout;
    // Timers longer than 24.8 days overflow, so long waits are taken in pieces; and a timer may fire a moment early.
    const arm = (): void => {
      const wallMs = Math.ceil((due - now()) / speed);
      if (wallMs > 0) timer = setTimeout(arm, Math.min(wallMs, LONGEST_TIMER_MS));
      else action();
    };
    timer = setTimeout(arm, Math.min(Math.max(0, Math.ceil(ms / speed)), LONGEST_TIMER_MS));
    return () => {
      clearTimeout(timer);
    };
  };

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const abort = (): void => {
        cancel();
        reject(signal?.reason as Error);
      };
      const cancel = after(ms, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      signal?.addEventListener('abort', abort, { once: true });
    });

  return { speed, now, sleep, after, origin: `${wallStart}:${wallStart}:${speed}` };
}
