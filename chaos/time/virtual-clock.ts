import type { Clock } from '../../rehearsal/clock.ts';

interface Due {
  readonly atMs: number;
  /** Of two at the same moment the one that was asked for first comes first. */
  readonly number: number;
  readonly action: () => void;
  isOff: boolean;
}

/** Turns of the event loop in which whatever a moment sets off comes to rest: an execution begins one turn late. */
const TURNS_TO_REST = 2;

/**
 * Time that passes only when nothing is left to do: no timer of the machine is involved, so that hours take as long as
 * what happens in them, and happen in the same order each time.
 */
export class VirtualClock implements Clock {
  readonly speed = 1;
  readonly origin = '0:0:1';
  readonly #heap: Due[] = [];
  #nowMs: number;
  #number = 0;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, action: () => void): () => void {
    const due: Due = { atMs: this.#nowMs + Math.max(0, ms), number: (this.#number += 1), action, isOff: false };
    this.#push(due);
    return () => {
      due.isOff = true;
    };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        cancel();
        reject(signal?.reason as Error);
      };
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Lets time pass up to a moment, in milliseconds since the epoch, and everything happen on the way. */
  async playUntil(untilMs: number): Promise<void> {
    for (;;) {
      await rest();
      const next = this.#heap[0];
      if (!next || next.atMs > untilMs) break;
      this.#pop();
      if (next.isOff) continue;
      this.#nowMs = next.atMs;
      next.action();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let place = heap.length;
    heap.push(due);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (!above || isBefore(above, due)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]];
      const isRight = right !== undefined && left !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (!child || isBefore(last, child)) break;
      heap[place] = child;
      place = 2 * place + (isRight ? 2 : 1);
    }
    heap[place] = last;
  }
}

const isBefore = (one: Due, other: Due): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.number < other.number);

async function rest(): Promise<void> {
  for (let turn = 0; turn < TURNS_TO_REST; turn += 1) await new Promise(setImmediate);
}
