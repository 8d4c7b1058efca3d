import { History } from '../history/history.ts';
import { errorDetails, inputDetails, outputDetails } from '../history/details.ts';
import type { EventDetails } from '../history/history-event.ts';
import type { StateList } from '../language/definition.ts';
import type { Json } from '../language/json.ts';
import { textOf } from '../language/json.ts';
import { RUNTIME, StatesError } from '../language/states-error.ts';

type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What is known of an execution before it runs. The definition is the one of its start: updates do not reach it. */
export interface ExecutionPlan {
  readonly arn: string;
  readonly name: string;
  readonly stateMachine: { readonly arn: string; readonly name: string };
  readonly roleArn: string;
  readonly definitionText: string;
  readonly list: StateList;
  readonly timeoutSeconds?: number;
  readonly input: Json;
  /** Set on the children of a distributed Map. */
  readonly mapRunArn?: string;
}

/** Thrown into whatever an execution or a branch is waiting for when it must not go on. No Retry or Catch sees it. */
export class Aborted extends Error {}

type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; readonly error: StatesError };

const LAST_EVENTS = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;

/** One run of a state machine: its status, its history and the signal that ends it. */
export class Execution {
  readonly plan: ExecutionPlan;
  readonly history: History;
  /** Rehearsed milliseconds since the epoch, as is `stoppedAt`. */
  readonly startedAt: number;
  status: ExecutionStatus = 'RUNNING';
  stoppedAt?: number;
  output?: Json;
  failure?: StatesError;
  /** Resolves once the execution is closed, however it ended. */
  readonly closed: Promise<void>;
  readonly #resolveClosed: () => void;
  readonly #now: () => number;
  readonly #controller = new AbortController();

  constructor(plan: ExecutionPlan, now: () => number) {
    this.plan = plan;
    this.history = new History(now);
    this.startedAt = now();
    this.#now = now;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.closed = promise;
    this.#resolveClosed = () => {
      resolve(undefined);
    };
    this.history.add('ExecutionStarted', 0, { ...inputDetails(plan.input), roleArn: plan.roleArn });
  }

  /** Aborted as soon as the execution is closed. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @throws Aborted when the execution is closed, or is closed now because its history is full */
  record(type: string, previousEventId: number, details?: EventDetails): number {
    if (this.status === 'RUNNING' && this.history.isFull) {
      const cause = 'The execution reached the maximum number of history events (25000).';
      this.close({ status: 'FAILED', error: new StatesError(RUNTIME, cause) }, previousEventId);
    }
    if (this.status !== 'RUNNING') throw new Aborted(`Execution ${this.plan.arn} is closed`);
    return this.history.add(type, previousEventId, details);
  }

  /** Ends the execution; whoever comes second changes nothing. */
  close(outcome: Outcome, previousEventId = 0): void {
    if (this.status !== 'RUNNING') return;
    this.status = outcome.status;
    this.stoppedAt = this.#now();
    if (outcome.status === 'SUCCEEDED') this.output = outcome.output;
    else this.failure = outcome.error;
    const details = outcome.status === 'SUCCEEDED' ? outputDetails(outcome.output) : errorDetails(outcome.error);
    this.history.add(LAST_EVENTS[outcome.status], previousEventId, details);
    this.#controller.abort(new Aborted(`Execution ${this.plan.arn} is closed`));
    this.#resolveClosed();
  }

  get inputText(): string {
    return textOf(this.plan.input);
  }

  get outputText(): string | undefined {
    return this.output === undefined ? undefined : textOf(this.output);
  }
}
