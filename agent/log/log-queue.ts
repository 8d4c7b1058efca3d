/** One event of a log stream, as CloudWatch Logs takes it. */
export interface LogLine {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/** Limits of PutLogEvents. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const BATCH_BYTES = 1_048_576;
const BATCH_LINES = 10_000;
const LINE_OVERHEAD_BYTES = 26;
/** Longest message that every version of the service has taken is 256 KiB; a character is at most 3 bytes of UTF-8 per unit. */
const LONGEST_MESSAGE = 80 * 1024;

/**
 * Lines that wait to be sent, in a bounded piece of memory. What does not fit is dropped and counted: a line in its
 * place says how many are missing.
 */
export class LogQueue {
  readonly #mostBytes: number;
  #lines: LogLine[] = [];
  #bytes = 0;
  #lastTimestamp = 0;
  #dropped = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  add(message: string, timestamp: number): void {
    if (this.#bytes + sizeOf(message) > this.#mostBytes) {
      this.#dropped += 1;
      return;
    }
    this.#noteDropped();
    for (let from = 0; from < message.length; from += LONGEST_MESSAGE) {
      this.#push(message.slice(from, from + LONGEST_MESSAGE), timestamp);
    }
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0 && this.#dropped === 0;
  }

  get hasFullBatch(): boolean {
    return this.#bytes >= BATCH_BYTES || this.#lines.length >= BATCH_LINES;
  }

  /** Lines that were never sent, were they dropped or do they still wait. */
  get length(): number {
    return this.#lines.length + this.#dropped;
  }

  /** Takes the next batch out. */
  take(): LogLine[] {
    this.#noteDroppedIfEmpty();
    let bytes = 0;
    const end = this.#lines.findIndex(
      ({ message }, index) => index >= BATCH_LINES || (bytes += sizeOf(message)) > BATCH_BYTES,
    );
    const batch = end === -1 ? this.#lines : this.#lines.slice(0, end);
    this.#lines = end === -1 ? [] : this.#lines.slice(end);
    this.#bytes -= batch.reduce((sum, { message }) => sum + sizeOf(message), 0);
    return batch;
  }

  #noteDroppedIfEmpty(): void {
    if (this.#lines.length === 0) this.#noteDropped();
  }

  #noteDropped(): void {
    if (this.#dropped === 0) return;
    const lines = this.#dropped === 1 ? '1 line is' : `${this.#dropped} lines are`;
    this.#dropped = 0;
    this.#push(
      `[slipway]${lines} missing here: they came faster than they could be sent. scripts.log on the host has them.`,
      0,
    );
  }

  /** A batch must be in the order of its times, even where the host's clock is set back. */
  #push(message: string, timestamp: number): void {
    this.#lastTimestamp = Math.max(this.#lastTimestamp, timestamp);
    this.#lines.push({ timestamp: this.#lastTimestamp, message });
    this.#bytes += sizeOf(message);
  }
}

function sizeOf(message: string): number {
  return Buffer.byteLength(message) + LINE_OVERHEAD_BYTES;
}
