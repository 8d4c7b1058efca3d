import type { LifecycleHookSpecification } from '@aws-sdk/client-auto-scaling';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { Cloud } from './cloud.ts';
import { until } from './until.ts';

/** A queue between Auto Scaling and the engine, which sees what arrives there only when a test passes it on. */
export interface Interception {
  /** Lets a hook notify this queue. */
  readonly hooks: (declared: LifecycleHookSpecification) => LifecycleHookSpecification;
  /** Body of the notification of this transition, once it has arrived. */
  notice(transition: 'EC2_INSTANCE_LAUNCHING' | 'EC2_INSTANCE_TERMINATING'): Promise<string>;
}

/** The role of the engine's hooks may send to the engine's own queue alone. */
const LETS_EVERYBODY_IN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: ['sqs:GetQueueUrl', 'sqs:SendMessage'], Resource: '*' }],
});

export async function intercept(cloud: Cloud, QueueName: string): Promise<Interception> {
  const { QueueUrl = '' } = await cloud.sqs.send(
    new CreateQueueCommand({ QueueName, Attributes: { Policy: LETS_EVERYBODY_IN } }),
  );
  const { region, accountId } = cloud.rehearsal;
  const bodies: string[] = [];
  return {
    hooks: (declared) => ({ ...declared, NotificationTargetARN: `arn:aws:sqs:${region}:${accountId}:${QueueName}` }),
    notice: (transition) =>
      until(`a notification of ${transition}`, async () => {
        bodies.push(...(await cloud.receive(QueueUrl)));
        return bodies.find((body) => body.includes(transition));
      }),
  };
}
