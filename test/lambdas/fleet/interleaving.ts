import { Crash } from '../doubles/crash.ts';
import type { Around } from '../../adapters/table/memory/memory-documents.ts';

/** Small, fast and the same everywhere: Tommy Ettinger's generator. @returns numbers from 0 to below 1 */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Lets many functions run side by side, and chance decide whose call comes next: every order of their outside calls may
 * occur, and each occurs again with the same seed. Time is a number of calls.
 */
export class Interleaving {
  readonly chance: () => number;
  /** Calls that have taken place. */
  calls = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #asleep: (() => void)[] = [];
  readonly #background: Promise<unknown>[] = [];
  readonly #mostCalls: number;

  constructor(seed: number, mostCalls: number) {
    this.chance = chanceFrom(seed);
    this.#mostCalls = mostCalls;
  }

  /** A whole number below the given one. */
  below(limit: number): number {
    return Math.floor(this.chance() * limit);
  }

  /** For a function that crashes right after its n-th call. @param after told of every call */
  around(crashAt: number, after: () => void): Around {
    let made = 0;
    return (call) =>
      new Promise((resolve, reject) => {
        this.#waiting.push(() => {
          made += 1;
          try {
            const result = call();
            after();
            if (made === crashAt) reject(new Crash(`after outside call ${crashAt}`));
            else resolve(result);
          } catch (error) {
            reject(error as Error);
          }
        });
      });
  }

  /** A pause before another try: whoever has something to do goes first, mostly. */
  pause(): Promise<void> {
    return new Promise((resolve) => this.#asleep.push(resolve));
  }

  /** Runs beside the rest; the end waits for it. */
  aside(work: Promise<unknown>): void {
    this.#background.push(work);
  }

  /** Plays until the work, and all beside it, has ended. @throws Error when it does not end */
  async play<Result>(work: Promise<Result>): Promise<Result> {
    let ended = false;
    const end = async (): Promise<Result> => {
      const result = await work;
      for (let done = 0; done < this.#background.length; done += 1) await this.#background[done];
      return result;
    };
    const ending = end().finally(() => (ended = true));
    void ending.catch(() => undefined); // reported below
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve)); // until everybody waits for a call
      if (ended) return ending;
      const next = this.#next();
      if (!next || this.calls > this.#mostCalls) throw new Error(`No end after ${this.calls} calls`);
      next();
    }
  }

  #next(): (() => void) | undefined {
    const isImpatient = this.#waiting.length === 0 || this.below(20) === 0;
    const from = isImpatient && this.#asleep.length > 0 ? this.#asleep : this.#waiting;
    if (from === this.#waiting) this.calls += 1;
    else this.calls += 0.1; // who sleeps for ever is noticed as well
    return from.splice(this.below(from.length), 1)[0];
  }
}
