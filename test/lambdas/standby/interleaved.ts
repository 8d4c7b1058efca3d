import { Crash } from '../doubles/crash.ts';

/** A number from 0 to 1, and the same sequence of them for the same seed. */
export function lotsOf(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * Runs several callers at once, one outside call at a time, in an order that is drawn by lot. Time passes when all of
 * them wait.
 */
export class Interleaved {
  nowMs = Date.parse('2026-05-04T12:00:00.000Z');
  readonly #calls: (() => void)[] = [];
  readonly #pauses: (() => void)[] = [];
  readonly #draw: () => number;
  readonly #crashes: number;

  /** @param crashes share of the outside calls after which the caller dies */
  constructor(draw: () => number, crashes: number) {
    this.#draw = draw;
    this.#crashes = crashes;
  }

  /** Wraps a port: each call waits for its turn. */
  port<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== 'function') return member;
        return async (...values: unknown[]): Promise<unknown> => {
          await new Promise<void>((turn) => this.#calls.push(turn));
          const result: unknown = await (member as (...all: unknown[]) => Promise<unknown>).apply(target, values);
          if (this.#draw() < this.#crashes) throw new Crash(String(name));
          return result;
        };
      },
    });
  }

  /** What a caller waits for between two looks. */
  pause(): Promise<void> {
    return new Promise((turn) => this.#pauses.push(turn));
  }

  /** Lets everybody run to the end. */
  async run(callers: readonly Promise<void>[]): Promise<void> {
    let running = callers.length;
    for (const caller of callers) void caller.finally(() => (running -= 1));
    const all = Promise.all(callers);
    for (let turns = 0; running > 0; turns += 1) {
      if (turns > 20_000) throw new Error('It does not end');
      const waiting = this.#calls.length > 0 && this.#draw() < 0.9 ? this.#calls : this.#pauses;
      const from = waiting.length > 0 ? waiting : this.#calls;
      // Whoever is in the middle of something goes on within seconds; only who waits lets minutes pass.
      this.nowMs += this.#calls.length === 0 ? 10_000 : 50;
      from.splice(Math.floor(this.#draw() * from.length), 1)[0]?.();
      await new Promise(setImmediate);
    }
    await all;
  }
}
