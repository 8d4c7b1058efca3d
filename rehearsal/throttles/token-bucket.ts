/** How much may be asked at once, and how much a second in the long run. */
export interface Rate {
  readonly bucket: number;
  readonly refillPerSecond: number;
}

/** A token bucket in rehearsed time; full at first. */
export class TokenBucket {
  readonly #rate: Rate;
  readonly #now: () => number;
  #tokens: number;
  #at: number;

  /** @param now rehearsed milliseconds */
  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
    this.#tokens = rate.bucket;
    this.#at = now();
  }

  /** Whether a token is there; it stays. */
  get isOpen(): boolean {
    this.#refill();
    return this.#tokens >= 1;
  }

  /** Takes tokens whether they are there or not: what is paid for only afterwards leaves a debt. */
  take(tokens = 1): void {
    this.#refill();
    this.#tokens -= tokens;
  }

  /** Takes a token in advance. @returns rehearsed milliseconds until it will have been there */
  reserve(): number {
    this.take();
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#rate.refillPerSecond) * 1000;
  }

  #refill(): void {
    const now = this.#now();
    const { bucket, refillPerSecond } = this.#rate;
    this.#tokens = Math.min(bucket, this.#tokens + ((now - this.#at) / 1000) * refillPerSecond);
    this.#at = now;
  }
}
