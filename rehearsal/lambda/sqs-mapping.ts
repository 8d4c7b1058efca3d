import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../endpoint/service.ts';
import { queueUrl } from '../events/send-to-target.ts';
import type { Ground } from '../part.ts';
import { succeededMessages } from './batch-response.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { sqsEvent } from './sqs-event.ts';

export interface SqsMappingOptions {
  readonly queueArn: string;
  readonly batchSize: number;
  /** Rehearsed time a batch may wait to fill. */
  readonly windowSeconds: number;
  readonly reportsBatchItemFailures: boolean;
  /** Invocations at the same time. */
  readonly maximumConcurrency: number;
}

const LARGEST_RECEIVE = 10;
const LONG_POLL_SECONDS = 20;
const RETRY_MS = 60_000;
const TOP_UP_MS = 100;

/** Moves messages from a queue to a function, as a client of both, until it is stopped. */
export class SqsMapping {
  readonly #ground: Ground;
  readonly #sqs: SQSClient;
  readonly #lambda: () => LambdaFunction;
  readonly #options: SqsMappingOptions;
  readonly #stopping = new AbortController();
  #inFlight = 0;
  #wake: () => void = () => undefined;
  #warned = false;

  /** @param lambda looked up for each batch: an updated function is a new one */
  constructor(ground: Ground, sqs: SQSClient, lambda: () => LambdaFunction, options: SqsMappingOptions) {
    this.#ground = ground;
    this.#sqs = sqs;
    this.#lambda = lambda;
    this.#options = options;
    void this.#poll();
  }

  /** Receives nothing more; a batch under way may still end. */
  stop(): void {
    this.#stopping.abort(new Error('The event source mapping was stopped'));
    this.#wake();
  }

  async #poll(): Promise<void> {
    let url: string | undefined;
    while (!this.#stopping.signal.aborted) {
      try {
        url ??= await this.#find();
        const batch = await this.#gather(url);
        if (batch.length > 0) await this.#dispatch(url, batch);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        url = undefined;
        this.#warn(error);
        await this.#ground.clock.sleep(RETRY_MS, this.#stopping.signal).catch(() => undefined);
      }
    }
  }

  /** Lambda reads a queue's attributes before it first receives. @throws QueueDoesNotExist */
  async #find(): Promise<string> {
    const QueueUrl = queueUrl(this.#options.queueArn);
    await this.#sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    return QueueUrl;
  }

  /** One batch: the first receive waits long, the next only as long as the window is open. */
  async #gather(url: string): Promise<Message[]> {
    const { batchSize, windowSeconds } = this.#options;
    const { clock } = this.#ground;
    const batch = await this.#receive(url, Math.min(batchSize, LARGEST_RECEIVE), LONG_POLL_SECONDS);
    if (batch.length === 0) return batch;

    const closesAt = clock.now() + windowSeconds * 1000;
    while (batch.length < batchSize) {
      const more = await this.#receive(url, Math.min(batchSize - batch.length, LARGEST_RECEIVE), 0);
      batch.push(...more);
      if (more.length > 0) continue;
      const remaining = closesAt - clock.now();
      if (remaining <= 0) break;
      await clock.sleep(Math.min(remaining, TOP_UP_MS * clock.speed), this.#stopping.signal);
    }
    return batch;
  }

  async #receive(url: string, most: number, waitSeconds: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: most,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await this.#sqs.send(command, { abortSignal: this.#stopping.signal });
    return Messages;
  }

  /** Returns as soon as another batch may be fetched. */
  async #dispatch(url: string, batch: readonly Message[]): Promise<void> {
    this.#inFlight += 1;
    void this.#process(url, batch)
      .catch((error: unknown) => {
        if (!this.#stopping.signal.aborted) this.#warn(error);
      })
      .finally(() => {
        this.#inFlight -= 1;
        this.#wake();
      });
    while (this.#inFlight >= this.#options.maximumConcurrency && !this.#stopping.signal.aborted) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async #process(url: string, batch: readonly Message[]): Promise<void> {
    const { queueArn, reportsBatchItemFailures } = this.#options;
    const result = await this.#invoke(JSON.stringify(sqsEvent(batch, queueArn, this.#ground.region)));
    if (!result) return;
    const ids = batch.map(({ MessageId = '' }) => MessageId);
    const succeeded = new Set(succeededMessages(ids, result, reportsBatchItemFailures));
    await this.#delete(
      url,
      batch.filter(({ MessageId = '' }) => succeeded.has(MessageId)),
    );
  }

  /** Undefined when the function is throttled: its messages return to the queue by themselves. */
  async #invoke(event: string) {
    try {
      return await this.#lambda().invoke(event);
    } catch (error) {
      if (error instanceof AwsError && error.status === 429) return undefined;
      throw error;
    }
  }

  async #delete(url: string, messages: readonly Message[]): Promise<void> {
    for (let start = 0; start < messages.length; start += LARGEST_RECEIVE) {
      const Entries = messages
        .slice(start, start + LARGEST_RECEIVE)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    }
  }

  /** Once is enough: a missing queue stays missing. */
  #warn(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    const reason = error instanceof QueueDoesNotExist ? 'the queue does not exist' : String(error);
    const message = `The event source mapping of ${this.#options.queueArn} cannot receive: ${reason}`;
    this.#ground.journal.record({ kind: 'warning', message });
  }
}
