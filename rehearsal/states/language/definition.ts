import type { Template } from './template.ts';

/** A state machine's definition, checked, with every expression compiled. */
export interface Definition extends StateList {
  readonly comment?: string;
  readonly timeoutSeconds?: number;
}

/** States that run one after the other from `startAt`: a machine, a branch of a Parallel, the processor of a Map. */
export interface StateList {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export type State =
  PassState | TaskState | ChoiceState | WaitState | ParallelState | MapState | SucceedState | FailState;

/** What any state but Fail may say: its own name apart, what leaves it and what it remembers. */
export interface Outgoing {
  readonly output?: Template;
  /** Variables to set, by name, when the state is left. */
  readonly assign?: Template;
}

interface Flowing extends Outgoing {
  readonly name: string;
  /** Absent where the state ends its list (`"End": true`). */
  readonly next?: string;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly jitterStrategy: 'FULL' | 'NONE';
}

export interface Catcher extends Outgoing {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

/** States that work, and therefore may fail: Task, Parallel and Map. */
export interface Failing {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface PassState extends Flowing {
  readonly type: 'Pass';
}

export interface TaskState extends Flowing, Failing {
  readonly type: 'Task';
  readonly resource: string;
  readonly arguments?: Template;
  /** Seconds, as a constant or an expression. */
  readonly timeoutSeconds?: Template;
  readonly heartbeatSeconds?: Template;
}

export interface ChoiceState extends Outgoing {
  readonly type: 'Choice';
  readonly name: string;
  readonly choices: readonly ChoiceRule[];
  readonly default?: string;
}

export interface ChoiceRule extends Outgoing {
  readonly condition: Template;
  readonly next: string;
}

export interface WaitState extends Flowing {
  readonly type: 'Wait';
  readonly wait: { readonly field: 'Seconds' | 'Timestamp'; readonly value: Template };
}

export interface ParallelState extends Flowing, Failing {
  readonly type: 'Parallel';
  readonly branches: readonly StateList[];
  readonly arguments?: Template;
}

export interface MapState extends Flowing, Failing {
  readonly type: 'Map';
  readonly mode: 'INLINE' | 'DISTRIBUTED';
  readonly processor: StateList;
  /** Absent: the state's input is the array. */
  readonly items?: Template;
  readonly itemSelector?: Template;
  readonly maxConcurrency?: Template;
  /** Distributed only, as are the following. */
  readonly toleratedFailureCount?: Template;
  readonly toleratedFailurePercentage?: Template;
  readonly maxItemsPerBatch?: Template;
  /** Part of a Map Run's ARN. @default the state's name */
  readonly label: string;
}

export interface SucceedState extends Outgoing {
  readonly type: 'Succeed';
  readonly name: string;
}

export interface FailState {
  readonly type: 'Fail';
  readonly name: string;
  readonly error?: Template;
  readonly cause?: Template;
}
