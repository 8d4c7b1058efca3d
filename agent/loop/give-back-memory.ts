/**
 * Collects garbage, before the agent falls idle: an idle program gives V8 no reason to, and what a deployment left behind
 * would stay until the next. Does nothing where Node was started without `--expose-gc`, which the executable has.
 */
export function giveBackMemory(): void {
  globalThis.gc?.();
}
