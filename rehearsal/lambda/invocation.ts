/** One run of a function, as it is handed to an execution environment. */
export interface Invocation {
  readonly requestId: string;
  /** The event as JSON text. */
  readonly event: string;
  readonly clientContext?: unknown;
}

/** An error as Lambda answers it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** Absent when the environment, not the code, failed. */
  readonly trace?: readonly string[];
}

/** How one run ended, in wall milliseconds. */
export interface Outcome {
  readonly durationMs: number;
  /** Largest resident set seen, in bytes; 0 when the environment died without telling. */
  readonly memoryBytes: number;
  /** What the handler returned, as JSON text. */
  readonly payload?: string;
  readonly error?: FunctionError;
  /** The run took longer than the function's time limit. */
  readonly timedOut?: boolean;
}

/** A line of output and the rehearsed time it was written, in milliseconds since the epoch. */
export type OutputLine = readonly [number, string];
