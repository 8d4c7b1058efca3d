import type { Json } from '../language/json.ts';

/** The variables that a thread sees: its own, and those of the threads around it to read. */
export class Scope {
  readonly #outer: Scope | undefined;
  #own: Readonly<Record<string, Json>> = {};

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  /** Every visible variable by name. */
  variables(): Readonly<Record<string, Json>> {
    return this.#outer ? { ...this.#outer.variables(), ...this.#own } : this.#own;
  }

  assign(values: Readonly<Record<string, Json>>): void {
    this.#own = { ...this.#own, ...values };
  }
}
