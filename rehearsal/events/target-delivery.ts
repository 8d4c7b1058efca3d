import { refusalToServe } from '../identity/assume-role.ts';
import type { Ground } from '../part.ts';
import type { DeliveredEvent } from './event-bus.ts';
import { RoleClientPool, type RoleClients } from './role-clients.ts';
import type { Rule, RuleTarget } from './rule.ts';
import { sendToTarget } from './send-to-target.ts';
import { targetInput } from './target-input.ts';

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 10 * 60_000;

/** Errors that no retry mends: what they concern is not there, or not allowed. */
const FINAL_ERRORS = /NotFound|DoesNotExist|NonExistentQueue|AccessDenied|NotAuthorized|Validation|Invalid/;

/** Brings events to the targets of rules, with retries and dead letters. */
export class TargetDelivery {
  readonly #ground: Ground;
  readonly #clients: RoleClientPool;
  readonly #closing = new AbortController();

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#clients = new RoleClientPool(ground, 'events');
  }

  /** Settles when the event is delivered or given up. Never rejects. */
  async deliver(event: DeliveredEvent, rule: Rule, target: RuleTarget): Promise<void> {
    const ingestionTime = new Date(this.#ground.clock.now()).toISOString();
    const body = targetInput(
      event,
      {
        input: target.Input,
        inputPath: target.InputPath,
        inputTransformer: target.InputTransformer && {
          pathsMap: target.InputTransformer.InputPathsMap,
          template: target.InputTransformer.InputTemplate,
        },
      },
      { ruleArn: rule.arn, ruleName: rule.name, ingestionTime },
    );
    const failure = await this.#sendWithRetries(rule, target, body).catch((error: unknown) => ({
      error,
      attempts: 0,
      condition: 'Closed',
    }));
    if (failure && !this.#closing.signal.aborted) await this.#giveUp(event, rule, target, failure);
  }

  close(): void {
    this.#closing.abort(new Error('The rehearsal ends'));
    this.#clients.destroy();
  }

  async #sendWithRetries(rule: Rule, target: RuleTarget, body: string): Promise<Failure | undefined> {
    const { clock } = this.#ground;
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = target.RetryPolicy;
    const expiresAt = clock.now() + MaximumEventAgeInSeconds * 1000;
    for (let attempts = 0; ; attempts += 1) {
      try {
        if (target.RoleArn !== undefined) await this.#requireTrust(target.RoleArn);
        const messageGroupId = target.SqsParameters?.MessageGroupId;
        const clients = target.RoleArn === undefined ? this.#itself(rule) : this.#clients.for(target.RoleArn);
        await sendToTarget(clients, target.Arn, { body, ...(messageGroupId && { messageGroupId }) });
        return undefined;
      } catch (error) {
        if (FINAL_ERRORS.test(nameOf(error))) return { error, attempts, condition: 'NonRetriable' };
        if (attempts >= MaximumRetryAttempts) return { error, attempts, condition: 'MaximumRetryAttempts' };
        if (clock.now() > expiresAt) return { error, attempts, condition: 'MaximumEventAgeInSeconds' };
        await clock.sleep(Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS), this.#closing.signal);
      }
    }
  }

  /** @throws AwsError AccessDenied, which no retry mends */
  async #requireTrust(roleArn: string): Promise<void> {
    const refusal = await refusalToServe(this.#ground, roleArn, 'events.amazonaws.com');
    if (refusal) throw Object.assign(new Error(refusal.message), { name: 'AccessDenied' });
  }

  /** Without a role, EventBridge comes in its own name, and the target's policy decides. */
  #itself({ arn }: Rule): RoleClients {
    return this.#clients.of({ principal: 'events.amazonaws.com', sourceArn: arn });
  }

  async #giveUp(event: DeliveredEvent, rule: Rule, target: RuleTarget, failure: Failure): Promise<void> {
    const reason = `${nameOf(failure.error)}: ${messageOf(failure.error)}`;
    const warning = `Rule ${rule.name} could not deliver to ${target.Arn}: ${reason}`;
    this.#ground.journal.record({ kind: 'warning', message: warning });
    const deadLetterArn = target.DeadLetterConfig?.Arn;
    if (!deadLetterArn) return;

    const attributes = {
      RULE_ARN: rule.arn,
      TARGET_ARN: target.Arn,
      ERROR_CODE: nameOf(failure.error),
      ERROR_MESSAGE: messageOf(failure.error),
      RETRY_ATTEMPTS: String(failure.attempts),
      EXHAUSTED_RETRY_CONDITION: failure.condition,
    };
    const message = { body: JSON.stringify(event), attributes };
    await sendToTarget(this.#itself(rule), deadLetterArn, message).catch((error: unknown) => {
      const lost = `The dead letter of rule ${rule.name} was lost: ${messageOf(error)}`;
      this.#ground.journal.record({ kind: 'warning', message: lost });
    });
  }
}

interface Failure {
  readonly error: unknown;
  readonly attempts: number;
  readonly condition: string;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
