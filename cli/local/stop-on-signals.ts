/**
 * Lets Ctrl-C end the script under way, which runs in a process group of its own and would not hear it. The second one
 * ends this process, as if nobody listened.
 */
export function stopOnSignals(): { readonly interrupt: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
    release();
  };
  const release = (): void => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return { interrupt: controller.signal, release };
}
