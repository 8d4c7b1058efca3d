import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { queueUrl } from '../events/send-to-target.ts';
import type { Ground } from '../part.ts';
import { MINUTE_MS, type MetricId, type MetricStore } from './metric-store.ts';

/** Measures queues that an alarm watches, as SQS does once a minute. */
export class QueueMetrics {
  readonly #ground: Ground;
  readonly #sqs: SQSClient;
  readonly #store: MetricStore;
  readonly #lastEmptyAt = new Map<string, number>();

  constructor(ground: Ground, sqs: SQSClient, store: MetricStore) {
    this.#ground = ground;
    this.#sqs = sqs;
    this.#store = store;
  }

  /**
   * Measures a queue and counts the result for every minute since `sinceMs`; a queue that is gone has no data.
   * SQS does not tell the age of the oldest message: it is taken to be there since the queue was last seen empty,
   * which is the longest that it can be.
   */
  async sample(queueName: string, sinceMs: number): Promise<void> {
    const now = this.#ground.clock.now();
    const visible = await this.#visibleMessages(queueName);
    if (visible === undefined) return;
    if (visible === 0 || !this.#lastEmptyAt.has(queueName)) this.#lastEmptyAt.set(queueName, now);
    const ageSeconds = visible === 0 ? 0 : Math.round((now - (this.#lastEmptyAt.get(queueName) ?? now)) / 1000);
    for (let at = sinceMs; at <= now; at += MINUTE_MS) {
      this.#store.record(metric(queueName, 'ApproximateNumberOfMessagesVisible'), visible, at, 'Count');
      this.#store.record(metric(queueName, 'ApproximateAgeOfOldestMessage'), ageSeconds, at, 'Seconds');
    }
  }

  async #visibleMessages(queueName: string): Promise<number | undefined> {
    try {
      const { region, accountId } = this.#ground;
      const QueueUrl = queueUrl(`arn:aws:sqs:${region}:${accountId}:${queueName}`);
      const AttributeNames = ['ApproximateNumberOfMessages' as const];
      const { Attributes } = await this.#sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return Number(Attributes?.['ApproximateNumberOfMessages']);
    } catch {
      return undefined;
    }
  }
}

const metric = (queueName: string, name: string): MetricId => ({
  namespace: 'AWS/SQS',
  name,
  dimensions: { QueueName: queueName },
});
