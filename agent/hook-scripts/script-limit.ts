const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface Limit {
  /** Resolves when the time is over, or the signal is aborted. */
  readonly reached: Promise<{ readonly kind: 'timedOut' } | { readonly kind: 'interrupted' }>;
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
    resolve({ kind: 'interrupted' });
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
