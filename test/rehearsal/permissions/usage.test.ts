import { expect, it } from 'vitest';
import { allow, anAccount, arn, WORKER } from './account.ts';

const [ONE, TWO] = [arn('sqs', 'one'), arn('sqs', 'two')];

it('tells of each statement what was never needed', async () => {
  const account = anAccount({
    may: [allow(['sqs:SendMessage', 'sqs:Receive*'], [ONE, TWO]), allow('sqs:PurgeQueue', ONE)],
  });
  await account.refusal(WORKER, [{ action: 'sqs:ReceiveMessage', resources: [ONE] }]);
  await account.refusal(WORKER, [{ action: 'sqs:ReceiveMessage', resources: [ONE] }]);

  const uses = account.usage().filter(({ kind }) => kind === 'identity');

  expect(uses).toMatchObject([
    { policyId: 'Stack/Worker/Work', index: 0, calls: 2, unusedActions: ['sqs:SendMessage'], unusedResources: [TWO] },
    { policyId: 'Stack/Worker/Work', index: 1, calls: 0, unusedActions: ['sqs:PurgeQueue'], unusedResources: [ONE] },
  ]);
});

it('counts the calls that a statement alone decided', async () => {
  const account = anAccount({ may: [allow('sqs:SendMessage', ONE), allow('sqs:*', [ONE, TWO])] });
  for (const queue of [ONE, TWO]) await account.refusal(WORKER, [{ action: 'sqs:SendMessage', resources: [queue] }]);

  const uses = account.usage().filter(({ kind }) => kind === 'identity');

  expect(uses.map(({ calls, callsAlone }) => [calls, callsAlone])).toEqual([
    [1, 0],
    [2, 1],
  ]);
});

it('counts no call that was refused', async () => {
  const account = anAccount({ may: [allow('sqs:SendMessage', ONE)] });

  await account.refusal(WORKER, [{ action: 'sqs:SendMessage', resources: [TWO] }]);

  expect(account.usage().find(({ kind }) => kind === 'identity')).toMatchObject({ calls: 0 });
});
