import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { RoleClients } from './role-clients.ts';

export interface TargetMessage {
  /** JSON text, or plain text where the target takes any. */
  readonly body: string;
  /** String attributes; queues only. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Topics only. */
  readonly subject?: string;
  /** For FIFO queues. */
  readonly messageGroupId?: string;
  /** Detail type of the event that an event bus receives. */
  readonly detailType?: string;
}

/** Services whose ARNs `sendToTarget` can deliver to. */
const TARGET_SERVICES = ['sqs', 'sns', 'lambda', 'states', 'events'] as const;

/**
 * Hands a message to whatever an ARN names: a queue, topic, function, state machine or event bus.
 * @throws the service's own error; Error for a kind of target that cannot be reached here
 */
export async function sendToTarget(clients: RoleClients, targetArn: string, message: TargetMessage): Promise<void> {
  const { body } = message;
  switch (targetArn.split(':')[2]) {
    case 'sqs':
      return sendToQueue(clients.sqs, targetArn, message);
    case 'sns':
      return void (await clients.sns.send(
        new PublishCommand({ TopicArn: targetArn, Message: body, Subject: message.subject }),
      ));
    case 'lambda':
      return void (await clients.lambda.send(
        new InvokeCommand({ FunctionName: targetArn, InvocationType: 'Event', Payload: Buffer.from(body) }),
      ));
    case 'states':
      return void (await clients.sfn.send(new StartExecutionCommand({ stateMachineArn: targetArn, input: body })));
    case 'events':
      return void (await clients.eventBridge.send(
        new PutEventsCommand({ Entries: [{ Source: 'lambda', DetailType: message.detailType, Detail: body }] }),
      ));
    default:
      throw new Error(`${targetArn} is no target that the rehearsal can reach: it knows ${TARGET_SERVICES.join(', ')}`);
  }
}

async function sendToQueue(sqs: SQSClient, queueArn: string, message: TargetMessage): Promise<void> {
  const attributes = Object.entries(message.attributes ?? {}).map(([name, value]) => [
    name,
    { DataType: 'String', StringValue: value },
  ]);
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl(queueArn),
      MessageBody: message.body,
      MessageGroupId: message.messageGroupId,
      ...(attributes.length > 0 && { MessageAttributes: Object.fromEntries(attributes) }),
    }),
  );
}

/** The URL of a queue as AWS makes them: services know it by themselves and need no leave to ask for it. */
export function queueUrl(queueArn: string): string {
  const [, , , region, accountId, name] = queueArn.split(':');
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}
