import { expect, it } from 'vitest';
import type { StatementUse } from '../../../rehearsal/index.ts';
import { renderUsage } from '../../../stories/permissions/render-usage.ts';

const aStatement = (use: Partial<StatementUse>): StatementUse => ({
  policyId: 'Stack/Policy',
  index: 0,
  attachedTo: 'arn:aws:iam::123456789012:role/Worker',
  kind: 'identity',
  effect: 'Allow',
  actions: ['sqs:SendMessage', 'sqs:PurgeQueue'],
  resources: ['*'],
  calls: 3,
  callsAlone: 3,
  unusedActions: [],
  unusedResources: [],
  ...use,
});

it('lists what was granted and never needed', () => {
  const unused = { calls: 0, unusedActions: ['sqs:SendMessage', 'sqs:PurgeQueue'], unusedResources: ['*'] };

  const text = renderUsage([
    aStatement({}),
    aStatement({ index: 1, unusedActions: ['sqs:PurgeQueue'] }),
    aStatement({ policyId: 'Stack/Other', ...unused }),
    aStatement({ policyId: 'Stack/Queue', effect: 'Deny', ...unused }),
  ]);

  expect(text).toBe(
    [
      'Permissions: 2 of 3 statements that allow something were needed.',
      '  Stack/Policy #2: never needed sqs:PurgeQueue',
      '  Stack/Other #1: never needed sqs:SendMessage, sqs:PurgeQueue',
    ].join('\n'),
  );
});
