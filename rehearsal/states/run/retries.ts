import type { Retrier } from '../language/definition.ts';
import { errorEquals, RUNTIME } from '../language/states-error.ts';
import type { StatesError } from '../language/states-error.ts';

/** Counts the attempts of one visit, each retrier for itself. */
export class Retries {
  readonly #retriers: readonly Retrier[];
  readonly #attempts = new Map<Retrier, number>();
  readonly #random: () => number;

  constructor(retriers: readonly Retrier[], random: () => number = Math.random) {
    this.#retriers = retriers;
    this.#random = random;
  }

  /**
   * Milliseconds to wait before the next attempt.
   * @returns undefined when no retrier takes the error, or the one that does has used up its attempts
   */
  delayAfter(error: StatesError): number | undefined {
    // A runtime error would come back each time: AWS never retries it, even by name.
    if (error.error === RUNTIME) return undefined;
    const retrier = this.#retriers.find(({ errorEquals: names }) => errorEquals(names, error));
    if (!retrier) return undefined;
    const attempts = this.#attempts.get(retrier) ?? 0;
    if (attempts >= retrier.maxAttempts) return undefined;
    this.#attempts.set(retrier, attempts + 1);
    const seconds = Math.min(retrier.intervalSeconds * retrier.backoffRate ** attempts, retrier.maxDelaySeconds);
    return seconds * 1000 * (retrier.jitterStrategy === 'FULL' ? this.#random() : 1);
  }
}
