import type { Clock } from '../../rehearsal/clock.ts';
import type { Faults } from '../faults/faults.ts';
import { broken, type ServiceName, throttled, unanswered } from './service-errors.ts';

/** A function that ended in the middle of its work. */
export class FunctionKilled extends Error {
  override readonly name = 'Sandbox.Timedout';
}

const LONGEST_WAY_MS = 40;
/** Now and then an answer takes so long that everything else is overtaken. */
const LONGEST_DETOUR_MS = 4000;
const DETOURS = 0.02;

/** One run of a function: every call that it makes goes through here, and may come to grief. */
export class Invocation {
  /** Rejects when the function is killed. */
  readonly killed: Promise<never>;
  readonly #clock: Clock;
  readonly #faults: Faults | undefined;
  readonly #kill: (error: FunctionKilled) => void;
  #isKilled = false;

  /** @param faults none for what nothing may happen to */
  constructor(clock: Clock, faults: Faults | undefined) {
    this.#clock = clock;
    this.#faults = faults;
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.killed = promise;
    this.#kill = reject;
  }

  /**
   * One call to a service. It takes effect at one moment, or never.
   * @throws the errors of the service; nothing at all once the function is killed, for then nobody goes on
   */
  async through<Answer>(service: ServiceName, act: () => Answer | Promise<Answer>): Promise<Answer> {
    await this.#way();
    const fault = this.#faults?.ofCall();
    if (fault === 'killed before a call') return this.#die();
    if (fault === 'call throttled') throw throttled(service);
    if (fault === 'call failed with a 500') throw broken(service);
    let answer: Answer | Promise<Answer> = act();
    if (fault === 'call sent twice') {
      await Promise.resolve(answer).catch(() => undefined);
      await this.#way();
      answer = act();
    }
    const outcome = await settled(answer);
    await this.#way();
    if (fault === 'killed after a call') return this.#die();
    if (fault === 'answer lost') throw unanswered(service);
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  async #way(): Promise<void> {
    if (this.#isKilled) await forever();
    const lots = this.#faults?.lots;
    await this.#clock.sleep(lots ? lots.between(1, lots.chance(DETOURS) ? LONGEST_DETOUR_MS : LONGEST_WAY_MS) : 1);
    if (this.#isKilled) await forever();
  }

  #die(): Promise<never> {
    this.#isKilled = true;
    this.#kill(new FunctionKilled('Task timed out after 30.00 seconds'));
    return forever();
  }
}

type Outcome<Value> = { readonly value: Value } | { readonly error: unknown };

async function settled<Value>(work: Value | Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await work };
  } catch (error) {
    return { error };
  }
}

const forever = (): Promise<never> => new Promise(() => undefined);
