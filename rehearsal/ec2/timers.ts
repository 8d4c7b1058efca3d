import type { Clock } from '../clock.ts';

/** The waits of one part of the cloud: all of them end when the part closes. */
export class Timers {
  readonly #clock: Clock;
  readonly #pending = new Set<() => void>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  /** Calls `action` once after `ms` rehearsed milliseconds; the returned function calls it off. */
  after(ms: number, action: () => void): () => void {
    if (this.#closed) return () => undefined;
    const cancel = this.#clock.after(ms, () => {
      this.#pending.delete(cancel);
      action();
    });
    this.#pending.add(cancel);
    return () => {
      this.#pending.delete(cancel);
      cancel();
    };
  }

  /** Resolves after `ms` rehearsed milliseconds; never after the part closed, so that nothing goes on behind its back. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }
}
