import { PublishCommand, type SNSClient, SNSServiceException } from '@aws-sdk/client-sns';

/** Topics that triggers of deployment groups publish to. */
export interface TriggerTopics {
  /** Sends a test message. `refused`: there is no such topic here, or we may not publish to it. */
  test(topicArn: string, message: { readonly subject: string; readonly text: string }): Promise<'sent' | 'refused'>;
}

export class SnsTriggerTopics implements TriggerTopics {
  readonly #client: SNSClient;

  constructor(client: SNSClient) {
    this.#client = client;
  }

  async test(
    topicArn: string,
    { subject, text }: { readonly subject: string; readonly text: string },
  ): Promise<'sent' | 'refused'> {
    try {
      await this.#client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }));
      return 'sent';
    } catch (error) {
      if (error instanceof SNSServiceException && REFUSALS.includes(error.name)) return 'refused';
      throw error;
    }
  }
}

/** Of a topic that is not there, in another Region, no topic at all, or closed to us. */
const REFUSALS: readonly string[] = [
  'NotFoundException',
  'NotFound',
  'InvalidParameterException',
  'InvalidParameter',
  'AuthorizationErrorException',
  'AuthorizationError',
  'AccessDenied',
  'AccessDeniedException',
];
