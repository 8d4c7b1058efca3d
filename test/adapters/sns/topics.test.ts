import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';

import { SnsTopics } from '../../../adapters/sns/topics.ts';

it('publishes a message with its subject to a topic', async () => {
  const sns = mockClient(SNSClient);
  sns.on(PublishCommand).resolves({});

  await new SnsTopics(new SNSClient({})).publish('arn:aws:sns:…:news', { subject: 'News', message: '{}' });

  expect(sns.call(0).args[0].input).toEqual({ TopicArn: 'arn:aws:sns:…:news', Subject: 'News', Message: '{}' });
});
