import { describe, expect, it } from 'vitest';
import { assumedRole } from '../../../rehearsal/identity/assumed-role.ts';
import { aService, allow, anAccount, arn, deny, document, ROLE, USER, WORKER } from './account.ts';

const QUEUE = arn('sqs', 'jobs');
const TABLE = arn('dynamodb', 'table/Jobs');
const FUNCTION = arn('lambda', 'function:Work');
const RULE = arn('events', 'rule/nightly');

describe('A role', () => {
  it('may do what its policies allow', async () => {
    const account = anAccount({ may: [allow('dynamodb:GetItem', TABLE)] });

    expect(await account.refusal(WORKER, [{ action: 'dynamodb:GetItem', resources: [TABLE] }])).toBeUndefined();
  });

  it('is refused anything else, in AWS’s words', async () => {
    const account = anAccount({ may: [allow('dynamodb:GetItem', TABLE)] });

    const refusal = await account.refusal(WORKER, [{ action: 'dynamodb:PutItem', resources: [TABLE] }]);

    expect(refusal?.message).toBe(
      `User: arn:aws:sts::123456789012:assumed-role/Worker/job is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
    );
  });

  it('is refused what one statement denies, whatever others allow', async () => {
    const account = anAccount({ may: [allow('dynamodb:*', '*'), deny('dynamodb:DeleteItem', TABLE)] });

    const refusal = await account.refusal(WORKER, [{ action: 'dynamodb:DeleteItem', resources: [TABLE] }]);

    expect(refusal?.message).toContain('with an explicit deny in an identity-based policy');
  });

  it('needs a condition to hold', async () => {
    const condition = { 'ForAllValues:StringEquals': { 'events:source': 'our.app' } };
    const bus = arn('events', 'event-bus/default');
    const account = anAccount({ may: [allow('events:PutEvents', bus, condition)] });
    const putting = (source: string) =>
      account.refusal(WORKER, [
        { action: 'events:PutEvents', resources: [bus], context: { 'events:source': [source] } },
      ]);

    expect(await putting('our.app')).toBeUndefined();
    expect(await putting('aws.ec2')).toMatchObject({ action: 'events:PutEvents' });
  });

  it('may do no more than its boundary', async () => {
    const account = anAccount({ may: [allow('dynamodb:*', '*')], boundary: [allow('dynamodb:GetItem', '*')] });

    const refusal = await account.refusal(WORKER, [{ action: 'dynamodb:PutItem', resources: [TABLE] }]);

    expect(refusal?.message).toContain('because no permissions boundary allows the dynamodb:PutItem action');
  });

  it('needs all resources for an action that knows none', async () => {
    const action = 'autoscaling:DescribeAutoScalingGroups';
    const narrow = anAccount({ may: [allow(action, arn('autoscaling', 'autoScalingGroup:*'))] });
    const wide = anAccount({ may: [allow(action, '*')] });

    expect(await narrow.refusal(WORKER, [{ action, resources: ['*'] }])).toBeDefined();
    expect(await wide.refusal(WORKER, [{ action, resources: ['*'] }])).toBeUndefined();
  });

  it('answers tasks by the state machine that waits, which AWS’s reference does not say', async () => {
    const account = anAccount({ may: [allow('states:SendTaskSuccess', arn('states', 'stateMachine:Ours'))] });
    const answering = (name: string) =>
      account.refusal(WORKER, [
        { action: 'states:SendTaskSuccess', resources: [arn('states', `stateMachine:${name}`)] },
      ]);

    expect(await answering('Ours')).toBeUndefined();
    expect(await answering('Theirs')).toBeDefined();
  });

  it('may do at once what a changed policy allows', async () => {
    const account = anAccount();
    const asked = [{ action: 'dynamodb:GetItem', resources: [TABLE] }];
    const before = await account.refusal(WORKER, asked);

    account.policies.attach(ROLE, { id: 'Stack/More', document: document(allow('dynamodb:GetItem', TABLE)) });

    expect(before).toBeDefined();
    expect(await account.refusal(WORKER, asked)).toBeUndefined();
  });

  it('that nobody made may do nothing', async () => {
    const stranger = { ...WORKER, roleArn: 'arn:aws:iam::123456789012:role/Stranger' };

    expect(await anAccount().refusal(stranger, [{ action: 'sqs:SendMessage', resources: [QUEUE] }])).toBeDefined();
  });

  it('is refused an action that AWS does not have', async () => {
    const account = anAccount({ may: [allow('*', '*')] });

    expect(await account.refusal(WORKER, [{ action: 'sqs:ShredMessage', resources: [QUEUE] }])).toBeDefined();
  });
});

describe('A service in its own name', () => {
  const permission = document({
    ...allow('lambda:InvokeFunction', FUNCTION, { ArnLike: { 'aws:SourceArn': RULE } }),
    Principal: { Service: 'events.amazonaws.com' },
  });
  const invoking = [{ action: 'lambda:InvokeFunction', resources: [FUNCTION] }];

  it('may do what the resource’s policy allows it for this source', async () => {
    const account = anAccount();
    account.policies.putResourcePolicy(FUNCTION, { id: 'Stack/Permission', document: permission });

    expect(await account.refusal(aService('events.amazonaws.com', RULE), invoking)).toBeUndefined();
  });

  it.each([
    ['another source', aService('events.amazonaws.com', arn('events', 'rule/other'))],
    ['another service', aService('sns.amazonaws.com', RULE)],
  ])('is refused for %s', async (_, caller) => {
    const account = anAccount();
    account.policies.putResourcePolicy(FUNCTION, { id: 'Stack/Permission', document: permission });

    const refusal = await account.refusal(caller, invoking);

    expect(refusal?.message).toContain('because no resource-based policy allows the lambda:InvokeFunction action');
  });

  it('assumes only roles that trust it', async () => {
    const account = anAccount();
    const assuming = [{ action: 'sts:AssumeRole', resources: [ROLE] }];

    expect(await account.refusal(aService('lambda.amazonaws.com'), assuming)).toBeUndefined();
    expect(await account.refusal(aService('states.amazonaws.com'), assuming)).toBeDefined();
  });
});

describe('The account’s own user', () => {
  it('may do everything that nobody denies', async () => {
    expect(await anAccount().refusal(USER, [{ action: 'sqs:PurgeQueue', resources: [QUEUE] }])).toBeUndefined();
  });

  it('is refused plain HTTP where a queue insists on TLS', async () => {
    const account = anAccount();
    const insists = {
      ...deny('sqs:*', QUEUE),
      Principal: { AWS: '*' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    account.policies.putResourcePolicy(QUEUE, { id: 'Stack/QueuePolicy', document: document(insists) });
    const sending = [{ action: 'sqs:SendMessage', resources: [QUEUE] }];

    expect(await account.refusal(USER, sending)).toBeUndefined();
    expect((await account.refusal(USER, sending, { 'x-forwarded-proto': 'http' }))?.message).toContain(
      'sqs:sendmessage on resource: arn:aws:sqs:us-east-1:123456789012:jobs with an explicit deny in a resource-based policy',
    );
  });
});

it('tells sessions of one role apart where a policy names one of them', async () => {
  const account = anAccount();
  const forOne = { ...allow('sqs:SendMessage', QUEUE), Principal: { AWS: WORKER.arn } };
  account.policies.putResourcePolicy(QUEUE, { id: 'Stack/QueuePolicy', document: document(forOne) });
  const sending = [{ action: 'sqs:SendMessage', resources: [QUEUE] }];
  const another = assumedRole(ROLE, 'another-job', WORKER.accountId);

  expect(await account.refusal(WORKER, sending)).toBeUndefined();
  expect((await account.refusal(another, sending))?.message).toContain('assumed-role/Worker/another-job');
});

it('says once which condition no request can meet here', async () => {
  const warnings: string[] = [];
  const account = anAccount(
    { may: [allow('dynamodb:GetItem', TABLE, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })] },
    warnings,
  );
  const asked = [{ action: 'dynamodb:GetItem', resources: [TABLE] }];

  await account.refusal(WORKER, asked);
  account.policies.attach(ROLE, { id: 'Stack/More', document: document() });
  await account.refusal(WORKER, asked);

  expect(warnings.filter((message) => message.includes('condition'))).toEqual([
    'Stack/Worker/Work has a condition on aws:MultiFactorAuthPresent, which the rehearsal does not know: no request has it here',
  ]);
});

it('remembers each kind of refusal once', async () => {
  const account = anAccount();
  const asked = [{ action: 'dynamodb:GetItem', resources: [TABLE] }];

  await account.refusal(WORKER, asked);
  await account.refusal(WORKER, asked);

  expect(account.refusals).toMatchObject([{ action: 'dynamodb:GetItem', resource: TABLE }]);
});
