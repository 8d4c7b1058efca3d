import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { engineFunction } from './engine-function.ts';
import type { EnginePartProps } from './engine-function.ts';

export interface HookConsumerProps extends EnginePartProps {
  readonly queue: IQueue;
  readonly stateMachineArn: string;
}

/** Admits lifecycle actions: one message, one execution. */
export class HookConsumer extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { queue, stateMachineArn, ...part }: HookConsumerProps) {
    super(scope, id);
    this.function = engineFunction(this, {
      ...part,
      folder: 'hook-consumer',
      description: 'Starts an instance deployment for each lifecycle action',
      environment: { SLIPWAY_STATE_MACHINE_ARN: stateMachineArn },
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] }),
        new PolicyStatement({
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          resources: [queue.queueArn],
        }),
      ],
    });
    new EventSourceMapping(this, 'LifecycleActions', {
      target: this.function,
      eventSourceArn: queue.queueArn,
      batchSize: 10, // the most without a batching window, which would delay a single launch
      reportBatchItemFailures: true, // one bad message must not hold back nine good ones
    });
  }
}
