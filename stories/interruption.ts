/** Ctrl-C, or a request to end: whatever was started has to be stopped before the process may go. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Runs `work` until it ends or the process is told to, whichever comes first; a second signal ends the process at once.
 * @throws Interrupted when a signal came first: `work` goes on unobserved and should be cleaned up after
 */
export async function untilInterrupted<T>(work: Promise<T>): Promise<T> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const interrupt = (signal: NodeJS.Signals): void => {
    for (const each of signals) process.once(each, () => process.exit(130));
    reject(new Interrupted(`Interrupted by ${signal}`));
  };
  for (const signal of signals) process.once(signal, interrupt);
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}
