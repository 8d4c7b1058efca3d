const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Reason of a signal: nobody wants the work any more. */
export const WITHDRAWN = 'withdrawn';

export interface Limit {
  /** Resolves when the time is over, or the signal is aborted. */
  readonly reached: Promise<{ readonly kind: 'timedOut' | 'interrupted' | 'withdrawn' }>;
  clear(): void;
}

/** The end of a script's time. */
export function startLimit(timeoutMs: number, signal: AbortSignal): Limit {
  const { promise, resolve } = Promise.withResolvers<Awaited<Limit['reached']>>();
  const timer = setTimeout(
    () => {
      resolve({ kind: 'timedOut' });
    },
    Math.min(timeoutMs, LONGEST_TIMER_MS),
  );
  const interrupt = (): void => {
    resolve({ kind: signal.reason === WITHDRAWN ? 'withdrawn' : 'interrupted' });
  };
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  return {
    reached: promise,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
    },
  };
}
