import { backoffMs } from '../loop/backoff.ts';
import type { Timing } from '../loop/timing.ts';
import { CloudWatchLogsError, LinesOutOfTimeError } from './cloudwatch-logs.ts';
import type { CloudWatchLogs } from './cloudwatch-logs.ts';
import { LogQueue } from './log-queue.ts';
import type { LogLine } from './log-queue.ts';

const MOST_WAITING_BYTES = 4 * 1024 * 1024;
const BACKOFF = { firstMs: 200, longestMs: 10_000 };

export interface ShipmentSettings {
  readonly group: string;
  readonly stream: string;
  readonly timing: Timing;
  /** How long lines are gathered before they are sent. */
  readonly windowMs: number;
  /** How long what is left may take once no more lines come. */
  readonly deadlineMs: number;
}

/** How a shipment ended. */
export interface ShipmentEnd {
  /** Lines that never arrived. */
  readonly lost: number;
  /** What failed last; undefined when the service was merely slow. */
  readonly error: unknown;
}

/**
 * Sends the lines of one log stream while they come. Adding a line never waits and never fails: a service that is slow
 * or absent costs lines of the stream, nothing else. A batch whose answer got lost is sent again, and its lines may then
 * stand there twice.
 */
export class LogShipment {
  readonly #logs: Pick<CloudWatchLogs, 'createStream' | 'putEvents'>;
  readonly #settings: ShipmentSettings;
  readonly #queue = new LogQueue(MOST_WAITING_BYTES);
  readonly #givenUp = new AbortController();
  #sending: Promise<void> | undefined;
  #gathering = new AbortController();
  #hasStream = false;
  #isClosed = false;
  #lost = 0;
  #error: unknown;

  constructor(logs: Pick<CloudWatchLogs, 'createStream' | 'putEvents'>, settings: ShipmentSettings) {
    this.#logs = logs;
    this.#settings = settings;
  }

  add(line: string): void {
    if (this.#isGivenUp) {
      this.#lost += 1;
      return;
    }
    this.#queue.add(line, this.#settings.timing.now());
    if (this.#queue.hasFullBatch && !this.#gathering.signal.aborted) this.#gathering.abort();
    this.#sending ??= this.#sendAll();
  }

  /** Sends what is left, within the deadline. */
  async close(): Promise<ShipmentEnd> {
    this.#isClosed = true;
    this.#gathering.abort();
    const deadline = setTimeout(() => {
      this.#givenUp.abort();
    }, this.#settings.deadlineMs);
    await this.#sending;
    clearTimeout(deadline);
    return { lost: this.#lost + this.#queue.length, error: this.#error };
  }

  get #isGivenUp(): boolean {
    return this.#givenUp.signal.aborted;
  }

  async #sendAll(): Promise<void> {
    while (!this.#queue.isEmpty && !this.#isGivenUp) {
      await this.#gather();
      await this.#deliver(this.#queue.take());
    }
    this.#sending = undefined;
  }

  async #gather(): Promise<void> {
    if (this.#isClosed || this.#queue.hasFullBatch) return;
    this.#gathering = new AbortController();
    await this.#settings.timing.pause(this.#settings.windowMs, this.#gathering.signal);
  }

  async #deliver(batch: readonly LogLine[]): Promise<void> {
    const { timing } = this.#settings;
    for (let failures = 1; !this.#isGivenUp; failures += 1) {
      try {
        await this.#put(batch);
        return;
      } catch (error) {
        // What was cut off at the deadline failed for the reason that was there before.
        if (!this.#isGivenUp) this.#error = error;
        if (error instanceof CloudWatchLogsError && !error.mayPass) this.#givenUp.abort();
        else await timing.pause(backoffMs(failures, BACKOFF, timing.random()), this.#givenUp.signal);
      }
    }
    this.#lost += batch.length;
  }

  async #put(batch: readonly LogLine[]): Promise<void> {
    const { group, stream } = this.#settings;
    const { signal } = this.#givenUp;
    if (!this.#hasStream) await this.#logs.createStream(group, stream, signal);
    this.#hasStream = true;
    const refused = await this.#logs.putEvents(group, stream, batch, signal);
    if (refused === 0) return;
    this.#lost += refused;
    this.#error = new LinesOutOfTimeError(`${refused} of ${batch.length} lines are too old or too new`);
  }
}
