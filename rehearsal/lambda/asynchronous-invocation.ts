import { randomUUID } from 'node:crypto';
import { AwsError } from '../endpoint/service.ts';
import { RoleClientPool } from '../events/role-clients.ts';
import { sendToTarget, type TargetMessage } from '../events/send-to-target.ts';
import type { Ground } from '../part.ts';
import type { InvocationResult, LambdaFunction } from './lambda-function.ts';

/** What an `AWS::Lambda::EventInvokeConfig` sets, with Lambda's defaults. */
export interface EventInvokeConfiguration {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly onSuccessArn?: string;
  readonly onFailureArn?: string;
}

export const DEFAULT_EVENT_INVOKE: EventInvokeConfiguration = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 6 * 3600,
};

const MINUTE_MS = 60_000;

/** Runs events that nobody waits for: failures are tried again, and what stays failed goes to its destination. */
export class AsynchronousInvocations {
  readonly #ground: Ground;
  readonly #clients: RoleClientPool;
  readonly #configurations = new Map<string, EventInvokeConfiguration>();
  readonly #closing = new AbortController();

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#clients = new RoleClientPool(ground, 'asynchronous-invocation');
  }

  configure(functionName: string, configuration: EventInvokeConfiguration | undefined): void {
    if (configuration) this.#configurations.set(functionName, configuration);
    else this.#configurations.delete(functionName);
  }

  /** Accepts an event; its runs follow in the background. @returns the request id that all attempts share */
  accept(lambda: LambdaFunction, event: string, clientContext?: unknown): string {
    const requestId = randomUUID();
    this.#process(lambda, event, requestId, clientContext).catch((error: unknown) => {
      if (this.#closing.signal.aborted) return;
      const message = `The outcome of ${lambda.configuration.functionName}'s asynchronous invocation ${requestId} could not be delivered: ${String(error)}`;
      this.#ground.journal.record({ kind: 'warning', message });
    });
    return requestId;
  }

  close(): void {
    this.#closing.abort(new Error('The rehearsal ends'));
    this.#clients.destroy();
  }

  async #process(lambda: LambdaFunction, event: string, requestId: string, clientContext: unknown): Promise<void> {
    const { clock } = this.#ground;
    const acceptedAt = clock.now();
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.#attempt(lambda, event, requestId, clientContext);
      const configuration = this.#configurations.get(lambda.configuration.functionName) ?? DEFAULT_EVENT_INVOKE;
      const report = { lambda, event, result, attempt, configuration };
      if (!result.functionError) return this.#deliver({ ...report, condition: 'Success' });
      if (attempt > configuration.maximumRetryAttempts)
        return this.#deliver({ ...report, condition: 'RetriesExhausted' });

      await clock.sleep(attempt * MINUTE_MS, this.#closing.signal); // one minute, then two
      const ageSeconds = (clock.now() - acceptedAt) / 1000;
      if (ageSeconds > configuration.maximumEventAgeSeconds)
        return this.#deliver({ ...report, condition: 'EventAgeExceeded' });
    }
  }

  /** A throttled event returns to Lambda's own queue and does not count as a try. */
  async #attempt(
    lambda: LambdaFunction,
    event: string,
    requestId: string,
    clientContext: unknown,
  ): Promise<InvocationResult> {
    for (;;) {
      try {
        return await lambda.invoke(event, { requestId, clientContext });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        await this.#ground.clock.sleep(1000, this.#closing.signal);
      }
    }
  }

  async #deliver(report: Report): Promise<void> {
    const { lambda, condition, configuration } = report;
    const { deadLetterArn, roleArn } = lambda.configuration;
    const destination = condition === 'Success' ? configuration.onSuccessArn : configuration.onFailureArn;
    const clients = this.#clients.for(roleArn);
    if (destination) await sendToTarget(clients, destination, this.#destinationRecord(report));
    if (condition !== 'Success' && deadLetterArn) await sendToTarget(clients, deadLetterArn, deadLetter(report));
  }

  #destinationRecord({ lambda, event, result, attempt, condition }: Report): TargetMessage {
    const outcome = condition === 'Success' ? 'Success' : 'Failure';
    const record = {
      version: '1.0',
      timestamp: new Date(this.#ground.clock.now()).toISOString(),
      requestContext: {
        requestId: result.requestId,
        functionArn: `${lambda.configuration.functionArn}:$LATEST`,
        condition,
        approximateInvokeCount: attempt,
      },
      requestPayload: JSON.parse(event) as unknown,
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(result.functionError && { functionError: result.functionError }),
      },
      responsePayload: JSON.parse(result.payload) as unknown,
    };
    return { body: JSON.stringify(record), detailType: `Lambda Function Invocation Result - ${outcome}` };
  }
}

interface Report {
  readonly lambda: LambdaFunction;
  readonly event: string;
  readonly result: InvocationResult;
  readonly attempt: number;
  readonly configuration: EventInvokeConfiguration;
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
}

/** The event itself, with what went wrong in attributes. */
const deadLetter = ({ event, result }: Report): TargetMessage => ({
  body: event,
  attributes: {
    RequestID: result.requestId,
    ErrorCode: '200',
    ErrorMessage: (JSON.parse(result.payload) as { errorMessage?: string }).errorMessage ?? 'unknown',
  },
});
