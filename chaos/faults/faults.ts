import type { Lots } from '../lots.ts';
import type { CallFault, Fault } from './fault.ts';
import { count, type Tally } from './tally.ts';

/** How likely the faults of one life are. */
export interface Weather {
  /** Of each call of a function. */
  readonly call: number;
  /** Of each invocation. */
  readonly invocation: number;
  /** Of each message, and of each event of the bus. */
  readonly message: number;
  /** Of each lifecycle event on a host. */
  readonly agent: number;
  /** Whether two engines are at work: whatever one is told, the other is told as well. */
  readonly isDoubled: boolean;
}

/**
 * Weather from calm to rough. Rougher weather would wear out the state machines' twelve retries, which is what they are
 * there for: a call fails no oftener than in an outage that they bear.
 */
export function weatherFrom(lots: Lots): Weather {
  const roughness = lots.draw();
  return {
    call: 0.04 * roughness * lots.draw(),
    invocation: 0.05 * roughness * lots.draw(),
    message: 0.3 * roughness * lots.draw(),
    agent: 0.08 * lots.draw(),
    isDoubled: lots.chance(0.05),
  };
}

const CALL_FAULTS: Readonly<Record<CallFault, number>> = {
  'call throttled': 2,
  'call failed with a 500': 1,
  'answer lost': 2,
  'call sent twice': 2,
  'killed before a call': 2,
  'killed after a call': 2,
};

/** Decides what goes wrong in one life, and keeps count. */
export class Faults {
  readonly weather: Weather;
  readonly tally: Tally;
  readonly lots: Lots;
  /** Whether bad revisions still are, until somebody mends them. */
  hasBadRevisions = true;
  readonly #without: readonly Fault[];
  #isOver = false;

  /** @param without kinds that do not strike; the lots are drawn as if they did */
  constructor(weather: Weather, lots: Lots, tally: Tally, without: readonly Fault[] = []) {
    this.weather = weather;
    this.#without = without;
    this.lots = lots;
    this.tally = tally;
  }

  /** From now on nothing goes wrong by chance: what is left must come to its end. */
  cease(): void {
    this.#isOver = true;
  }

  /** Whether something of this kind goes wrong now. */
  strikes(probability: number): boolean {
    const isStruck = this.lots.chance(probability);
    return isStruck && !this.#isOver;
  }

  /** Whether whatever happens now happens to a second engine as well. */
  get areTwo(): boolean {
    return this.weather.isDoubled && !this.#isOver && !this.spares('life with two engines');
  }

  /** Whether this life is to do without faults of that kind. */
  spares(kind: Fault): boolean {
    return this.#without.includes(kind);
  }

  noted<Kind extends Fault>(kind: Kind): Kind {
    count(this.tally, kind);
    return kind;
  }

  /** One of the kinds by its weight, if any strikes. */
  among<Kind extends Fault>(probability: number, weights: Readonly<Record<Kind, number>>): Kind | undefined {
    if (!this.strikes(probability)) return undefined;
    const kind = this.lots.weighted(weights);
    return this.spares(kind) ? undefined : this.noted(kind);
  }

  ofCall(): CallFault | undefined {
    return this.among(this.weather.call, CALL_FAULTS);
  }
}
