import type { ExecutionEnvironment } from './execution-environment.ts';
import type { Invocation, Outcome } from './invocation.ts';

/** A run's outcome, and how long its environment took to start if it was started for this run. */
export interface PooledOutcome extends Outcome {
  readonly initMs?: number;
}

/** Told when a run begins and ends, before its environment takes the next. */
interface RunObserver {
  begin(environment: ExecutionEnvironment): void;
  end(environment: ExecutionEnvironment, outcome: PooledOutcome): void;
}

interface Job {
  readonly invocation: Invocation;
  readonly observer: RunObserver;
  readonly settle: (outcome: PooledOutcome) => void;
}

interface PoolOptions {
  readonly start: () => ExecutionEnvironment;
  /** Most environments at the same time; further invocations wait in order of arrival. */
  readonly maximum: number;
  /** Wall milliseconds after which an environment without work ends: it occupies this machine's memory. */
  readonly idleMs: number;
}

/** The execution environments of one function: warm ones are reused, more are started while work waits. */
export class EnvironmentPool {
  readonly #options: PoolOptions;
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #idle: { environment: ExecutionEnvironment; since: number; initMs?: number }[] = [];
  readonly #waiting: Job[] = [];
  readonly #sweeper: NodeJS.Timeout;
  #starting = 0;
  #retired = false;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#sweeper = setInterval(() => {
      this.#retireIdle();
    }, options.idleMs / 2).unref();
  }

  /** Runs an invocation as soon as an environment is free. Never rejects. */
  run(invocation: Invocation, observer: RunObserver): Promise<PooledOutcome> {
    return new Promise((settle) => {
      this.#waiting.push({ invocation, observer, settle });
      this.#dispatch();
    });
  }

  /** Accepts no more: what was accepted is still run, then its environments end. */
  retire(): void {
    this.#retired = true;
    clearInterval(this.#sweeper);
    for (const { environment } of this.#idle.splice(0)) this.#discard(environment);
  }

  /** Ends every environment; what runs is answered as after a crash, what waits never begins. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeper);
    const ended = [...this.#all].map((environment) => environment.end());
    await Promise.all(ended);
  }

  #dispatch(): void {
    if (this.#closed) return;
    // The warmest first, so that surplus environments grow idle and retire.
    for (let next = this.#idle.pop(); next; next = this.#idle.pop()) {
      if (!next.environment.usable) {
        this.#discard(next.environment);
        continue;
      }
      const job = this.#waiting.shift();
      if (!job) {
        this.#idle.push(next);
        return;
      }
      void this.#work(job, next.environment, next.initMs);
    }
    while (this.#waiting.length > this.#starting && this.#all.size < this.#options.maximum) void this.#grow();
  }

  async #work(job: Job, environment: ExecutionEnvironment, initMs: number | undefined): Promise<void> {
    job.observer.begin(environment);
    const outcome = await environment.run(job.invocation);
    settle(job, environment, initMs === undefined ? outcome : { ...outcome, initMs });
    this.#release(environment);
  }

  #release(environment: ExecutionEnvironment, initMs?: number): void {
    const needed = !this.#retired || this.#waiting.length > 0;
    if (environment.usable && needed) {
      this.#idle.push({ environment, since: performance.now(), ...(initMs !== undefined && { initMs }) });
    } else {
      this.#discard(environment);
    }
    this.#dispatch();
  }

  async #grow(): Promise<void> {
    const environment = this.#options.start();
    this.#all.add(environment);
    this.#starting += 1;
    const { initMs, error } = await environment.started;
    this.#starting -= 1;
    if (error) this.#failOne(environment, error, initMs);
    this.#release(environment, initMs);
  }

  /** An environment that could not start fails the invocation it was started for, not all that wait. */
  #failOne(environment: ExecutionEnvironment, error: NonNullable<Outcome['error']>, initMs: number): void {
    const job = this.#waiting.shift();
    if (!job) return;
    job.observer.begin(environment);
    settle(job, environment, { error, initMs, durationMs: 0, memoryBytes: 0 });
  }

  #discard(environment: ExecutionEnvironment): void {
    this.#all.delete(environment);
    void environment.end();
  }

  #retireIdle(): void {
    const oldest = performance.now() - this.#options.idleMs;
    while (this.#idle[0] && this.#idle[0].since < oldest) {
      const [surplus] = this.#idle.splice(0, 1);
      if (surplus) this.#discard(surplus.environment);
    }
  }
}

function settle(job: Job, environment: ExecutionEnvironment, outcome: PooledOutcome): void {
  job.observer.end(environment, outcome);
  job.settle(outcome);
}
