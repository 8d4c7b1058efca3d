/**
 * Hears Ctrl-C and SIGTERM in the place of this process, so that what is under way can end in order: a script in a
 * process group of its own, which would not hear it, or requests half answered. A second signal ends this process, as if
 * nobody listened.
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
