import type { Log } from './log/agent-log.ts';

/**
 * Turns SIGTERM and SIGINT into a stop in order: no new command; the script under way may finish within `longestWaitMs`
 * and is then ended and reported. A second signal ends it at once.
 */
export function stopOnSignals(longestWaitMs: number, log: Log): { stop: AbortSignal; interrupt: AbortSignal } {
  const stop = new AbortController();
  const interrupt = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    log.info('asked to stop', { signal });
    if (stop.signal.aborted) interrupt.abort();
    stop.abort();
    setTimeout(
      () => {
        interrupt.abort();
      },
      Math.min(longestWaitMs, 2 ** 31 - 1),
    ).unref();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return { stop: stop.signal, interrupt: interrupt.signal };
}
