import type { Clock } from '../../rehearsal/clock.ts';
import type { BusEvent } from '../../rehearsal/part.ts';
import type { EventFault } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';

const FAULTS: Readonly<Record<EventFault, number>> = { 'event late': 1, 'event twice': 1 };
const LATEST_MS = 120_000;

/** Lambda tries an event three times. */
const TRIES = 3;
const PAUSES_MS = [60_000, 120_000];

/** Takes one event. @throws when it could not */
export type EventTarget = (event: BusEvent, isLastTry: boolean) => Promise<unknown>;

/** The default bus with the engine's rules: at least once, in any order, to functions that are invoked asynchronously. */
export class Bus {
  /** Events under way. */
  pending = 0;
  /** Events that nobody could take. */
  readonly unsettled: BusEvent[] = [];
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #targetOf: (event: BusEvent) => EventTarget | undefined;

  constructor(clock: Clock, faults: Faults, targetOf: (event: BusEvent) => EventTarget | undefined) {
    this.#clock = clock;
    this.#faults = faults;
    this.#targetOf = targetOf;
  }

  emit(event: BusEvent): void {
    const target = this.#targetOf(event);
    if (!target) return;
    const { lots, weather } = this.#faults;
    const fault = this.#faults.among(weather.message, FAULTS);
    if (fault === 'event twice') void this.#deliver(event, target, lots.between(0, LATEST_MS));
    void this.#deliver(event, target, lots.between(50, fault === 'event late' ? LATEST_MS : 1000));
  }

  async #deliver(event: BusEvent, target: EventTarget, inMs: number): Promise<void> {
    this.pending += 1;
    await this.#clock.sleep(inMs);
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        await target(event, attempt === TRIES);
        break;
      } catch {
        if (attempt === TRIES) this.unsettled.push(event);
        else await this.#clock.sleep(PAUSES_MS[attempt - 1] ?? 0);
      }
    }
    this.pending -= 1;
  }
}
