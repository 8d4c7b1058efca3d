import { randomBytes } from 'node:crypto';

const LONGEST_TTL_SECONDS = 21_600;

/**
 * Session tokens of instance metadata v2.
 * Their age is wall time: a script holds one from call to call, and calls are work, which is not hurried.
 */
export class SessionTokens {
  readonly #expiryMs = new Map<string, number>();
  readonly #wallNow: () => number;

  constructor(wallNow: () => number = () => Date.now()) {
    this.#wallNow = wallNow;
  }

  /** @returns undefined when the lifetime is no whole number of seconds from 1 to 21600 */
  issue(ttlSeconds: string): string | undefined {
    const ttl = /^\d{1,5}$/.test(ttlSeconds) ? Number(ttlSeconds) : 0;
    if (ttl < 1 || ttl > LONGEST_TTL_SECONDS) return undefined;
    this.#dropExpired();
    const token = randomBytes(42).toString('base64url');
    this.#expiryMs.set(token, this.#wallNow() + ttl * 1000);
    return token;
  }

  isValid(token: string): boolean {
    return (this.#expiryMs.get(token) ?? 0) > this.#wallNow();
  }

  #dropExpired(): void {
    for (const token of this.#expiryMs.keys()) if (!this.isValid(token)) this.#expiryMs.delete(token);
  }
}
