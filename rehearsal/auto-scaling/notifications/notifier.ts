import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { refusalToServe } from '../../identity/assume-role.ts';
import type { Ground } from '../../part.ts';

/** Where a hook's messages go, and in whose name. */
interface NotificationTarget {
  readonly targetArn: string;
  readonly roleArn: string;
}

interface Notification {
  readonly body: string;
  /** SNS only. */
  readonly subject?: string;
}

/** Sends the messages of lifecycle hooks. */
export interface Notifier {
  /** @throws Error when the target cannot be published to with that role */
  send(target: NotificationTarget, notification: Notification): Promise<void>;
  close(): void;
}

interface Clients {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly expiresAtMs: number;
  /** By queue ARN; a queue that failed is asked for again. */
  readonly queueUrls: Map<string, Promise<string>>;
}

const SESSION = 'AutoScaling';
/** Credentials are renewed this long before they expire. */
const MARGIN_MS = 300_000;

/** A notifier that speaks to SQS and SNS over the endpoint, with credentials of the hook's role. */
export function createNotifier(ground: Ground): Notifier {
  const byRole = new Map<string, Clients>();

  const clientsOf = (roleArn: string): Clients => {
    const known = byRole.get(roleArn);
    if (known && ground.clock.now() < known.expiresAtMs - MARGIN_MS) return known;
    const credentials = ground.credentials.assumeRole(roleArn, SESSION);
    const settings = { endpoint: ground.endpoint(), region: ground.region, credentials };
    const clients = {
      sqs: new SQSClient(settings),
      sns: new SNSClient(settings),
      expiresAtMs: credentials.expiresAtMs,
      queueUrls: new Map(),
    };
    byRole.set(roleArn, clients);
    return clients;
  };

  return {
    send: async ({ targetArn, roleArn }, { body, subject }) => {
      const refusal = await refusalToServe(ground, roleArn, 'autoscaling.amazonaws.com');
      if (refusal) throw new Error(refusal.message);
      const clients = clientsOf(roleArn);
      if (targetArn.split(':')[2] === 'sns') {
        await clients.sns.send(new PublishCommand({ TopicArn: targetArn, Message: body, Subject: subject }));
        return;
      }
      try {
        const QueueUrl = await queueUrl(clients, targetArn);
        await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
      } catch (error) {
        clients.queueUrls.delete(targetArn);
        throw error;
      }
    },
    close: () => {
      for (const { sqs, sns } of byRole.values()) {
        sqs.destroy();
        sns.destroy();
      }
    },
  };
}

/** Auto Scaling is given an ARN and asks SQS for the URL, which is why the role needs `sqs:GetQueueUrl`. */
function queueUrl({ sqs, queueUrls }: Clients, queueArn: string): Promise<string> {
  const known = queueUrls.get(queueArn);
  if (known) return known;
  const [, , , , QueueOwnerAWSAccountId, QueueName] = queueArn.split(':');
  const asked = sqs
    .send(new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId }))
    .then(({ QueueUrl }) => QueueUrl ?? '');
  queueUrls.set(queueArn, asked);
  return asked;
}
