/** Chance that a seed decides: the same seed draws the same lots. */
export class Lots {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to below 1: splitmix32, which is small, and fair enough even for neighbouring seeds. */
  draw(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = this.#state ^ (this.#state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  }

  /** Whether something of this probability comes true. */
  chance(probability: number): boolean {
    return this.draw() < probability;
  }

  /** A whole number from `from` to `to`, both within. */
  between(from: number, to: number): number {
    return from + Math.floor(this.draw() * (to - from + 1));
  }

  pick<Choice>(choices: readonly [Choice, ...Choice[]]): Choice {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }

  /** One of these by its weight. */
  weighted<Choice extends string>(weights: Readonly<Record<Choice, number>>): Choice {
    const entries = Object.entries(weights) as [Choice, number][];
    let left = this.draw() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    const found = entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1);
    if (!found) throw new Error('There is nothing to choose from');
    return found[0];
  }

  /** Lots of another kind, which draws here do not disturb. */
  apart(): Lots {
    return new Lots(Math.floor(this.draw() * 2 ** 32));
  }
}
