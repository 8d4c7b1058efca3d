import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AwsError } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import { assumedRole } from '../identity/assumed-role.ts';
import { logStreamArn } from '../logs/access.ts';
import { EnvironmentLog } from './environment-log.ts';
import { EnvironmentPool, type PooledOutcome } from './environment-pool.ts';
import { environmentVariables } from './environment-variables.ts';
import { ExecutionEnvironment } from './execution-environment.ts';
import type { FunctionConfiguration } from './function-configuration.ts';
import { logLines } from './log-lines.ts';
import type { Surroundings } from './surroundings.ts';

/** One invocation as its caller sees it. */
export interface InvocationResult {
  readonly requestId: string;
  /** JSON text: what the handler returned, or the error object. */
  readonly payload: string;
  readonly functionError?: 'Unhandled';
  /** The lines that the run added to the log. */
  readonly log: readonly string[];
}

/** More environments than this would only compete for the processors of one machine. */
const MAXIMUM_ENVIRONMENTS = 4;
const IDLE_MS = 2 * 60_000;

/** A function that can be run: its configuration and its execution environments. */
export class LambdaFunction {
  readonly configuration: FunctionConfiguration;
  /** Rehearsed milliseconds since the epoch. */
  readonly lastModified: number;
  readonly #ground: Ground;
  readonly #surroundings: Surroundings;
  readonly #pool: EnvironmentPool;
  readonly #logs = new WeakMap<ExecutionEnvironment, EnvironmentLog>();
  #inFlight = 0;

  constructor(ground: Ground, surroundings: Surroundings, configuration: FunctionConfiguration) {
    this.#ground = ground;
    this.#surroundings = surroundings;
    this.configuration = configuration;
    this.lastModified = ground.clock.now();
    this.#pool = new EnvironmentPool({
      start: () => this.#startEnvironment(),
      maximum: Math.max(1, Math.min(MAXIMUM_ENVIRONMENTS, configuration.reservedConcurrency ?? MAXIMUM_ENVIRONMENTS)),
      idleMs: IDLE_MS,
    });
  }

  /**
   * Runs the handler once. An error of the function is a result, not an exception.
   * @param event JSON text
   * @throws AwsError TooManyRequestsException beyond the function's reserved concurrency, or the account's
   */
  async invoke(
    event: string,
    { requestId = randomUUID(), clientContext }: { requestId?: string; clientContext?: unknown } = {},
  ): Promise<InvocationResult> {
    this.#admit();
    const lines = logLines(this.configuration);
    let log: readonly string[] = [];
    const outcome = await this.#pool.run(
      { requestId, event, clientContext },
      {
        begin: (environment) => {
          this.#write(environment, lines.start(requestId));
        },
        end: (environment, ended) => {
          this.#write(environment, lines.end(requestId, ended, this.#date()));
          log = this.#logs.get(environment)?.take() ?? [];
        },
      },
    );
    this.#inFlight -= 1;
    this.#ground.throttles.invocations.leave();
    this.#observe(requestId, outcome);
    return { requestId, log, ...answer(outcome) };
  }

  /** A newer version takes over: invocations under way still end. */
  retire(): void {
    this.#pool.retire();
  }

  /** Ends its environments; resolves when their processes are gone. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  #admit(): void {
    const { reservedConcurrency = Infinity } = this.configuration;
    if (this.#inFlight >= reservedConcurrency) {
      this.#metric('Throttles', 1);
      throw tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    if (!this.#ground.throttles.invocations.enter()) {
      this.#metric('Throttles', 1);
      throw tooManyRequests('ConcurrentInvocationLimitExceeded');
    }
    this.#inFlight += 1;
  }

  #startEnvironment(): ExecutionEnvironment {
    const { taskRoot, functionArn, functionName, timeoutSeconds, logGroupName } = this.configuration;
    const streamName = `${this.#date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`;
    const log = new EnvironmentLog(this.#surroundings.logs, logGroupName, streamName, this.#mayLog(streamName));
    const environment = new ExecutionEnvironment({
      taskRoot,
      functionArn,
      timeoutSeconds,
      variables: environmentVariables(this.#ground, this.configuration, streamName),
      codeCache: join(this.#ground.directory, 'compiled', functionName),
      onOutput: (lines) => {
        for (const [at, line] of lines) log.write(line, at);
      },
      now: () => this.#ground.clock.now(),
    });
    this.#logs.set(environment, log);
    return environment;
  }

  async #mayLog(streamName: string): Promise<boolean> {
    const { roleArn, functionName, logGroupName } = this.configuration;
    const { permissions, accountId } = this.#ground;
    const resources = [logStreamArn(this.#ground, logGroupName, streamName)];
    const asked = ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ action, resources }));
    return (await permissions.refusal(assumedRole(roleArn, functionName, accountId), asked)) === undefined;
  }

  #write(environment: ExecutionEnvironment, lines: readonly string[]): void {
    for (const line of lines) this.#logs.get(environment)?.write(line, this.#ground.clock.now());
  }

  #observe(requestId: string, { durationMs, initMs, error }: PooledOutcome): void {
    const { functionName, logicalId, memoryMb } = this.configuration;
    this.#metric('Invocations', 1);
    this.#metric('Duration', durationMs);
    this.#metric('Errors', error ? 1 : 0);
    this.#ground.journal.record({
      kind: 'invocation',
      functionName,
      logicalId,
      requestId,
      memoryMb,
      durationMs,
      ...(initMs !== undefined && { initMs }),
      ...(error && { error: `${error.errorType}: ${error.errorMessage}` }),
    });
  }

  #metric(name: string, value: number): void {
    this.#surroundings.metric('AWS/Lambda', name, { FunctionName: this.configuration.functionName }, value);
  }

  #date(): Date {
    return new Date(this.#ground.clock.now());
  }
}

function answer({ payload, error }: PooledOutcome): Pick<InvocationResult, 'payload' | 'functionError'> {
  return error ? { payload: JSON.stringify(error), functionError: 'Unhandled' } : { payload: payload ?? 'null' };
}

const tooManyRequests = (reason: string): AwsError =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429, members: { Reason: reason } });
