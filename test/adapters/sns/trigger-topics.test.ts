import { PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { SnsTriggerTopics } from '../../../adapters/sns/trigger-topics.ts';

const sns = mockClient(SNSClient);
const topics = new SnsTriggerTopics(new SNSClient({}));
const MESSAGE = { subject: 'Test', text: 'It works' };

const failure = (name: string) => new SNSServiceException({ name, message: name, $fault: 'client', $metadata: {} });

beforeEach(() => sns.reset());

describe('the topic of a trigger', () => {
  it('gets a test message', async () => {
    sns.on(PublishCommand).resolves({});

    expect(await topics.test('arn:aws:sns:…:news', MESSAGE)).toBe('sent');
    expect(sns.call(0).args[0].input).toEqual({ TopicArn: 'arn:aws:sns:…:news', Subject: 'Test', Message: 'It works' });
  });

  it.each(['NotFoundException', 'InvalidParameterException', 'AuthorizationErrorException'])(
    'refuses it with %s',
    async (name) => {
      sns.on(PublishCommand).rejects(failure(name));

      expect(await topics.test('arn:aws:sns:…:news', MESSAGE)).toBe('refused');
    },
  );

  it('may be out of reach for the moment', async () => {
    sns.on(PublishCommand).rejects(failure('InternalErrorException'));

    await expect(topics.test('arn:aws:sns:…:news', MESSAGE)).rejects.toThrow('InternalErrorException');
  });
});
