import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';

/** What triggers of deployment groups publish to. */
export interface Topics {
  publish(topicArn: string, message: { readonly subject: string; readonly message: string }): Promise<void>;
}

export class SnsTopics implements Topics {
  readonly #client: SNSClient;

  constructor(client: SNSClient) {
    this.#client = client;
  }

  async publish(
    TopicArn: string,
    { subject: Subject, message: Message }: { readonly subject: string; readonly message: string },
  ): Promise<void> {
    await this.#client.send(new PublishCommand({ TopicArn, Subject, Message }));
  }
}
