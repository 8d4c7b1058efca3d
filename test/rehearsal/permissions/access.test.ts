import { expect, it } from 'vitest';
import type { AwsRequest } from '../../../rehearsal/endpoint/service.ts';
import { eventsAccess } from '../../../rehearsal/events/access.ts';
import { logsAccess } from '../../../rehearsal/logs/access.ts';
import { monitoringAccess } from '../../../rehearsal/monitoring/access.ts';
import { plainAccess } from '../../../rehearsal/permissions/plain-access.ts';
import { dynamoDbAccess } from '../../../rehearsal/storage/dynamodb-access.ts';
import { messagingAccess } from '../../../rehearsal/storage/messaging-access.ts';
import { s3Access } from '../../../rehearsal/storage/s3-access.ts';
import { arn } from './account.ts';

const SCOPE = { region: 'us-east-1', accountId: '123456789012' };

const aRequest = ({
  target,
  input,
  url = '/',
  ...request
}: Partial<AwsRequest> & { target?: string; input?: object; url?: string }): AwsRequest => ({
  service: '',
  method: 'POST',
  path: url.split('?')[0] ?? '/',
  query: new URLSearchParams(url.split('?')[1]),
  headers: target === undefined ? {} : { 'x-amz-target': target },
  body: Buffer.from(JSON.stringify(input ?? {})),
  caller: { arn: '', accountId: '', accessKeyId: '' },
  requestId: '',
  ...request,
});

it.each([
  ['GET', '/shop/a%20file', 's3:GetObject', 'arn:aws:s3:::shop/a file'],
  ['HEAD', '/shop/file', 's3:GetObject', 'arn:aws:s3:::shop/file'],
  ['PUT', '/shop/file', 's3:PutObject', 'arn:aws:s3:::shop/file'],
  ['GET', '/shop?list-type=2', 's3:ListBucket', 'arn:aws:s3:::shop'],
  ['HEAD', '/shop', 's3:ListBucket', 'arn:aws:s3:::shop'],
  ['GET', '/', 's3:ListAllMyBuckets', '*'],
])('%s %s asks S3 for %s', (method, url, action, resource) => {
  expect(s3Access(aRequest({ method, url }))).toEqual([{ action, resources: [resource] }]);
});

it('asks for both sides of a copy', () => {
  const copy = aRequest({ method: 'PUT', url: '/to/file', headers: { 'x-amz-copy-source': '/from/file' } });

  expect(s3Access(copy).map(({ action, resources }) => [action, ...resources])).toEqual([
    ['s3:PutObject', 'arn:aws:s3:::to/file'],
    ['s3:GetObject', 'arn:aws:s3:::from/file'],
  ]);
});

it.each([
  ['AmazonSQS.SendMessageBatch', { QueueUrl: 'http://127.0.0.1:1/123456789012/jobs' }, 'sqs:SendMessage', 'jobs'],
  ['AmazonSQS.GetQueueUrl', { QueueName: 'jobs' }, 'sqs:GetQueueUrl', 'jobs'],
])('%s needs leave for its queue', (target, input, action, queue) => {
  const asked = messagingAccess(aRequest({ service: 'sqs', target, input }), SCOPE);

  expect(asked).toEqual([{ action, resources: [arn('sqs', queue)] }]);
});

it('needs leave for the topic that a form names', () => {
  const body = Buffer.from(`Action=Publish&TopicArn=${encodeURIComponent(arn('sns', 'news'))}`);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };

  expect(messagingAccess(aRequest({ service: 'sns', headers, body }), SCOPE)).toEqual([
    { action: 'sns:Publish', resources: [arn('sns', 'news')] },
  ]);
});

it.each([
  ['Query', { TableName: 'Jobs', IndexName: 'ByDay' }, 'table/Jobs/index/ByDay'],
  ['GetItem', { TableName: arn('dynamodb', 'table/Jobs') }, 'table/Jobs'],
  ['BatchGetItem', { RequestItems: { Jobs: {} } }, 'table/Jobs'],
])('%s needs leave for what it reads', (operation, input, resource) => {
  const asked = dynamoDbAccess(aRequest({ target: `DynamoDB_20120810.${operation}`, input }), SCOPE);

  expect(asked).toEqual([{ action: `dynamodb:${operation}`, resources: [arn('dynamodb', resource)] }]);
});

it('judges each event by its own source', () => {
  const asked = eventsAccess(SCOPE)('PutEvents', { Entries: [{ Source: 'a' }, { Source: 'b', EventBusName: 'mine' }] });

  expect(asked?.map(({ resources, context }) => [...resources, context?.['events:source']])).toEqual([
    [arn('events', 'event-bus/default'), ['a']],
    [arn('events', 'event-bus/mine'), ['b']],
  ]);
});

it('names a log stream as policies do', () => {
  const asked = logsAccess(SCOPE)('PutLogEvents', { logGroupName: 'app', logStreamName: 'i-1' });

  expect(asked).toEqual([{ action: 'logs:PutLogEvents', resources: [arn('logs', 'log-group:app:log-stream:i-1')] }]);
});

it('takes alarms that are not named for all', () => {
  expect(monitoringAccess(SCOPE)('DescribeAlarms', {})).toEqual([
    { action: 'cloudwatch:DescribeAlarms', resources: [arn('cloudwatch', 'alarm:*')] },
  ]);
});

it('finds the resources that an input names by ARN', () => {
  const targetGroup = arn('elasticloadbalancing', 'targetgroup/web/1');

  expect(plainAccess('elasticloadbalancing', 'RegisterTargets', { TargetGroupArn: targetGroup })).toEqual([
    { action: 'elasticloadbalancing:RegisterTargets', resources: [targetGroup] },
  ]);
});
