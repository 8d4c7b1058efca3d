import type { Clock } from '../../rehearsal/clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { MessageFault } from '../faults/fault.ts';

/** As `lib/engine/lifecycle-queue.ts` has it. */
const MOST_RECEIVES = 10;
const VISIBILITY_MS = 180_000;

const FAULTS: Readonly<Record<MessageFault, number>> = { 'message late': 5, 'message twice': 5, 'message lost': 1 };
const LATEST_MS = 240_000;

interface Message {
  readonly body: string;
  receives: number;
}

/** A standard queue: at least once, in any order, and what nobody can take ends among the dead letters. */
export class LifecycleQueue {
  /** Bodies that nobody could take. */
  readonly deadLetters: string[] = [];
  /** Bodies that never arrived. */
  readonly lost: string[] = [];
  /** Messages under way or in flight. */
  pending = 0;
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #consume: (body: string, isLastTry: boolean) => Promise<unknown>;

  /** @param consume throws when it could not take the message */
  constructor(clock: Clock, faults: Faults, consume: (body: string, isLastTry: boolean) => Promise<unknown>) {
    this.#clock = clock;
    this.#faults = faults;
    this.#consume = consume;
  }

  send(body: string): void {
    const { lots, weather } = this.#faults;
    const fault = this.#faults.among(weather.message, FAULTS);
    if (fault === 'message lost') {
      this.lost.push(body);
      return;
    }
    if (fault === 'message twice' || this.#faults.areTwo)
      this.#deliver({ body, receives: 0 }, lots.between(0, LATEST_MS));
    this.#deliver({ body, receives: 0 }, lots.between(5, fault === 'message late' ? LATEST_MS : 400));
  }

  #deliver(message: Message, inMs: number): void {
    this.pending += 1;
    this.#clock.after(inMs, () => void this.#receive(message));
  }

  async #receive(message: Message): Promise<void> {
    message.receives += 1;
    try {
      await this.#consume(message.body, message.receives === MOST_RECEIVES);
    } catch {
      if (message.receives < MOST_RECEIVES) this.#deliver(message, VISIBILITY_MS);
      else this.deadLetters.push(message.body);
    }
    this.pending -= 1;
  }
}
