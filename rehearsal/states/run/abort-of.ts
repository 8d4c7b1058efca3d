/** A promise for a signal: rejects with its reason. Release it, or the signal keeps it for as long as it lives. */
export function abortOf(signal: AbortSignal): { aborted: Promise<never>; release: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const abort = (): void => {
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return {
    aborted: promise,
    release: () => {
      signal.removeEventListener('abort', abort);
    },
  };
}
