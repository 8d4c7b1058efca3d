import { createHash, randomBytes } from 'node:crypto';
import type { Json } from '../language/json.ts';
import { StatesError } from '../language/states-error.ts';

const RANDOM_BYTES = 120;
const SEAL_BYTES = 8;

type TokenState = 'open' | 'closed' | 'unknown' | 'malformed';

interface Waiting {
  readonly succeed: (output: Json) => void;
  readonly fail: (error: StatesError) => void;
  beat: () => void;
}

/** A task that waits to be told its outcome by whoever holds its token. */
export interface TokenWait {
  readonly token: string;
  /** The output that was sent. @throws StatesError that was sent */
  readonly outcome: Promise<Json>;
  onHeartbeat(beat: () => void): void;
  /** Takes the token out of use; to its holder the task has timed out. */
  close(): void;
}

/** Task tokens of this account and Region. A token serves once. */
export class TaskTokens {
  readonly #place: string;
  readonly #open = new Map<string, Waiting>();
  readonly #closed = new Set<string>();
  readonly #machines = new Map<string, string>();

  constructor(accountId: string, region: string) {
    this.#place = `${accountId}:${region}`;
  }

  /** @param machineArn the state machine whose task waits */
  open(machineArn: string): TokenWait {
    const token = this.#make();
    this.#machines.set(token, machineArn);
    const { promise, resolve, reject } = Promise.withResolvers<Json>();
    // Nobody may be listening yet when a quick holder reports a failure.
    promise.catch(() => undefined);
    const waiting: Waiting = { succeed: resolve, fail: reject, beat: () => undefined };
    this.#open.set(token, waiting);
    return {
      token,
      outcome: promise,
      onHeartbeat: (beat) => {
        waiting.beat = beat;
      },
      close: () => {
        this.#close(token);
      },
    };
  }

  /** The state machine whose task was given this token; undefined for a token that was never given out. */
  machineOf(token: string): string | undefined {
    return this.#machines.get(token);
  }

  /** Where a token stands that somebody sent. */
  stateOf(token: string): TokenState {
    if (this.#open.has(token)) return 'open';
    if (this.#closed.has(token)) return 'closed';
    return this.#isWellFormed(token) ? 'unknown' : 'malformed';
  }

  succeed(token: string, output: Json): void {
    this.#close(token)?.succeed(output);
  }

  fail(token: string, error?: string, cause?: string): void {
    this.#close(token)?.fail(new StatesError(error, cause));
  }

  beat(token: string): void {
    this.#open.get(token)?.beat();
  }

  #close(token: string): Waiting | undefined {
    const waiting = this.#open.get(token);
    if (!waiting) return undefined;
    this.#open.delete(token);
    this.#closed.add(token);
    return waiting;
  }

  #make(): string {
    const random = randomBytes(RANDOM_BYTES);
    return Buffer.concat([random, this.#seal(random)]).toString('base64');
  }

  /** A token from elsewhere has another seal: to this account and Region it is not one. */
  #seal(random: Buffer): Buffer {
    return createHash('sha256').update(this.#place).update(random).digest().subarray(0, SEAL_BYTES);
  }

  #isWellFormed(token: string): boolean {
    const bytes = Buffer.from(token, 'base64');
    if (bytes.length !== RANDOM_BYTES + SEAL_BYTES) return false;
    return this.#seal(bytes.subarray(0, RANDOM_BYTES)).equals(bytes.subarray(RANDOM_BYTES));
  }
}
