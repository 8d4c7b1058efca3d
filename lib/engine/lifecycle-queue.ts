import { Duration } from 'aws-cdk-lib/core';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EngineAlarms } from './engine-alarms.ts';

/** Where Auto Scaling puts every lifecycle action, and where the unreadable ones end. */
export class LifecycleQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { alarms }: { readonly alarms: EngineAlarms }) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14), // the most SQS offers: time to notice, mend and redrive
    });
    this.queue = new Queue(this, 'Queue', {
      // SQS's own keys: with a KMS key, the hook's role would need rights on it, and a missing one loses actions silently.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(180), // six times the consumer's time limit, as Lambda asks
      retentionPeriod: Duration.days(4), // beyond any lifecycle action's longest life of 48 hours
      // Throttled deliveries count as receives too: fewer would bury good messages in a storm.
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: 10 },
    });
    this.#watch(alarms);
  }

  #watch(alarms: EngineAlarms): void {
    const period = Duration.minutes(1);
    alarms.raise(this, 'DeadLettersWaiting', {
      metric: this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      description:
        'Lifecycle actions could not be admitted. Their instances get the hook’s default result when its timeout ends. ' +
        'Read the messages and /slipway/hook-consumer, mend the cause, then redrive the queue.',
    });
    alarms.raise(this, 'OldestMessage', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
      threshold: Duration.minutes(5).toSeconds(),
      description:
        'A lifecycle action has waited for five minutes without an execution. Instances wait with it; after the ' +
        'hook’s heartbeat timeout they get its default result. See /slipway/hook-consumer.',
    });
  }
}
