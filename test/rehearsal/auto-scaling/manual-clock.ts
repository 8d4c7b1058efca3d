import type { Clock } from '../../../rehearsal/clock.ts';

/** A clock that moves when it is told to, and runs what became due on the way, in order. */
export class ManualClock implements Clock {
  readonly speed = 1;
  readonly origin = '0:0:1';
  #nowMs = 0;
  #due: { readonly atMs: number; readonly action: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, action: () => void): () => void {
    const entry = { atMs: this.#nowMs + Math.max(0, ms), action };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  advance(ms: number): void {
    const until = this.#nowMs + ms;
    for (;;) {
      const next = this.#due.filter(({ atMs }) => atMs <= until).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#nowMs = next.atMs;
      next.action();
    }
    this.#nowMs = until;
  }
}
