import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { exitError, timeoutError } from './environment-errors.ts';
import type { FunctionError, Invocation, Outcome, OutputLine } from './invocation.ts';

const BOOTSTRAP = fileURLToPath(new URL('runtime/bootstrap.mjs', import.meta.url));

/** Lambda gives the initialization ten seconds, then runs it again within the first invocation's time limit. */
const INIT_LIMIT_SECONDS = 10;

interface EnvironmentOptions {
  readonly taskRoot: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly functionArn: string;
  readonly timeoutSeconds: number;
  /** Where compiled code is kept between environments of a function. */
  readonly codeCache: string;
  readonly onOutput: (lines: readonly OutputLine[]) => void;
  readonly now: () => number;
}

/** What the bootstrap reports; see `runtime/bootstrap.mjs`. */
type Report = { readonly lines: readonly OutputLine[]; readonly memoryBytes: number } & (
  | { readonly kind: 'ready' | 'output' }
  | { readonly kind: 'response'; readonly payload: string }
  | { readonly kind: 'error'; readonly error: FunctionError; readonly fatal?: boolean }
  | { readonly kind: 'failed'; readonly error: FunctionError }
);

/** A process that holds one function's code and runs one invocation at a time. */
export class ExecutionEnvironment {
  /** Resolves when the handler is loaded, or tells why it could not be. Never rejects. */
  readonly started: Promise<{ initMs: number; error?: FunctionError }>;
  readonly #options: EnvironmentOptions;
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;
  readonly #startedAt = performance.now();
  #settleStart: (error?: FunctionError) => void = () => undefined;
  #settleRun: ((result: Pick<Outcome, 'payload' | 'error' | 'timedOut'>) => void) | undefined;
  #requestId = '';
  #memoryBytes = 0;
  #ended = false;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#process = fork(BOOTSTRAP, [options.codeCache], {
      cwd: options.taskRoot,
      env: { ...options.variables },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#gone = new Promise((resolve) => this.#process.once('close', () => resolve()));
    const limit = setTimeout(
      () => {
        void this.end();
      },
      (INIT_LIMIT_SECONDS + options.timeoutSeconds) * 1000,
    );
    this.started = new Promise((resolve) => {
      this.#settleStart = (error) => {
        clearTimeout(limit);
        resolve({ initMs: performance.now() - this.#startedAt, ...(error && { error }) });
      };
    });
    this.#listen();
  }

  /** False once the process has ended or is bound to: it must not be given another invocation. */
  get usable(): boolean {
    return !this.#ended;
  }

  /** Runs one invocation; the next may follow only after this one has settled. Never rejects. */
  run(invocation: Invocation): Promise<Outcome> {
    const { timeoutSeconds, functionArn } = this.#options;
    const { requestId } = invocation;
    const begun = performance.now();
    return new Promise((resolve) => {
      const limit = setTimeout(() => {
        void this.end();
        this.#settleRun?.({ error: timeoutError(requestId, timeoutSeconds), timedOut: true });
      }, timeoutSeconds * 1000);
      this.#requestId = requestId;
      this.#settleRun = (result) => {
        clearTimeout(limit);
        this.#settleRun = undefined;
        resolve({ ...result, durationMs: performance.now() - begun, memoryBytes: this.#memoryBytes });
      };
      const message = { ...invocation, functionArn, limitMs: timeoutSeconds * 1000, traceId: traceId(requestId) };
      this.#process.send(message, () => undefined); // What keeps it from being sent also closes the process.
    });
  }

  /** Ends the process at once, as Lambda does; resolves when it is gone. */
  end(): Promise<void> {
    this.#ended = true;
    this.#process.kill('SIGKILL');
    return this.#gone;
  }

  #listen(): void {
    this.#process.on('message', (report: Report) => {
      this.#hear(report);
    });
    this.#process.on('error', () => undefined); // A process that could not start also closes.
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      // Normally silent: the bootstrap sends output with its reports. Here speak crashes and native code.
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => this.#options.onOutput([[this.#options.now(), line]]));
    }
    this.#process.on('close', (code, signal) => {
      this.#ended = true;
      const error = exitError(this.#requestId, code, signal);
      this.#settleStart(error);
      this.#settleRun?.({ error });
    });
  }

  #hear(report: Report): void {
    if (report.lines.length > 0) this.#options.onOutput(report.lines);
    if (report.kind === 'output') return;
    this.#memoryBytes = Math.max(this.#memoryBytes, report.memoryBytes);
    switch (report.kind) {
      case 'ready':
        return this.#settleStart();
      case 'failed':
        this.#ended = true;
        return this.#settleStart(report.error);
      case 'response':
        return this.#settleRun?.({ payload: report.payload });
      case 'error':
        this.#ended ||= report.fatal === true;
        return this.#settleRun?.({ error: report.error });
    }
  }
}

/** `Root=1-<8 hex>-<24 hex>` */
const traceId = (requestId: string): string => {
  const hex = requestId.replaceAll('-', '');
  return `Root=1-${hex.slice(0, 8)}-${hex.slice(8)}`;
};
